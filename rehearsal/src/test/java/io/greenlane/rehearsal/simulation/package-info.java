/** Releases under every fault that can be thought of, in virtual time, with the promises checked after every step. */
@NullMarked
package io.greenlane.rehearsal.simulation;

import org.jspecify.annotations.NullMarked;
