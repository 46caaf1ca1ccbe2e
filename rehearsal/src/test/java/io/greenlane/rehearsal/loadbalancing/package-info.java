/** Tests of the load balancer: the API in virtual time, the traffic over real sockets. */
@NullMarked
package io.greenlane.rehearsal.loadbalancing;

import org.jspecify.annotations.NullMarked;
