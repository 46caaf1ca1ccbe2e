/** Tests of the language and its interpreter, all in virtual time. */
@NullMarked
package io.greenlane.rehearsal.asl;

import org.jspecify.annotations.NullMarked;
