/** Tests of the container runtime: hostile layers, and processes that really run. */
@NullMarked
package io.greenlane.rehearsal.container;

import org.jspecify.annotations.NullMarked;
