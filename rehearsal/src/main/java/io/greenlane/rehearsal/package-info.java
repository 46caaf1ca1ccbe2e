/** The local cloud as a whole: its services, made and wired in one place. */
@NullMarked
package io.greenlane.rehearsal;

import org.jspecify.annotations.NullMarked;
