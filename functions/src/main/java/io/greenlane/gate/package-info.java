/** Conditions before a deployment may start: what the gates of a service ask for, and what is found at them. */
@NullMarked
package io.greenlane.gate;

import org.jspecify.annotations.NullMarked;
