/**
 * What blue and green answer to the same request: status, headers, shape and values of JSON bodies; and which differences are more than
 * the noise that blue shows against itself.
 */
@NullMarked
package io.greenlane.validation.difference;

import org.jspecify.annotations.NullMarked;
