/** What goes wrong in a rehearsal: planned from a seed, bounded so that every push can still end as it should. */
@NullMarked
package io.greenlane.rehearsal.chaos;

import org.jspecify.annotations.NullMarked;
