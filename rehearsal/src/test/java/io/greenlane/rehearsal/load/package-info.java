/** Many services and many pushes in virtual time: how long releases take, and what they cost. */
@NullMarked
package io.greenlane.rehearsal.load;

import org.jspecify.annotations.NullMarked;
