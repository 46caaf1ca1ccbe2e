/** The course of a validation: the rules of a hook one after the other, in as many slices as the time of one call asks for. */
@NullMarked
package io.greenlane.validation.run;

import org.jspecify.annotations.NullMarked;
