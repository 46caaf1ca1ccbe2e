/** Reading of gates.yaml: every gate with its defaults filled in, or every reason why not. */
@NullMarked
package io.greenlane.gate.reading;

import org.jspecify.annotations.NullMarked;
