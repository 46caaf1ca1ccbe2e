/** The shipped workflow and its sample events. */
@NullMarked
package io.greenlane.rehearsal.release;

import org.jspecify.annotations.NullMarked;
