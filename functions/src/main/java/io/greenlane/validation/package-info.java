/** Validation: what the two hooks find out about green behind the test listener before production moves, and how they say it. */
@NullMarked
package io.greenlane.validation;

import org.jspecify.annotations.NullMarked;
