/** Traffic at a rate for a time, what its answers add up to, and what the rules say about that. */
@NullMarked
package io.greenlane.validation.analysis;

import org.jspecify.annotations.NullMarked;
