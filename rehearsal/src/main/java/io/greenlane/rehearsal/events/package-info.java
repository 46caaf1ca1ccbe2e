/** Amazon EventBridge of the local cloud: buses, rules matched by event-ruler, and delivery to targets. */
@NullMarked
package io.greenlane.rehearsal.events;

import org.jspecify.annotations.NullMarked;
