/** Validation: what rules find out about green, and how they say it, whoever asks. */
@NullMarked
package io.greenlane.validation;

import org.jspecify.annotations.NullMarked;
