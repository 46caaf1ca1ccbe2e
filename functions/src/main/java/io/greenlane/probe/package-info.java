/** Requests to the listeners of a load balancer, and what came back, told apart by what went wrong. */
@NullMarked
package io.greenlane.probe;

import org.jspecify.annotations.NullMarked;
