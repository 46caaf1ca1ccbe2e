/** Elastic Load Balancing of the local cloud: the API, listeners on real sockets, and health checks over HTTP. */
@NullMarked
package io.greenlane.rehearsal.loadbalancing;

import org.jspecify.annotations.NullMarked;
