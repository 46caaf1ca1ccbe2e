/** The reader of validation.yaml: from text to rules, or to every reason why not. */
@NullMarked
package io.greenlane.validation.rules.reading;

import org.jspecify.annotations.NullMarked;
