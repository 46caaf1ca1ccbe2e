/**
 * Where validation files, secrets and request bodies come from: which place a URI names, and what may be taken from there. Nothing
 * here trusts what it reads.
 */
@NullMarked
package io.greenlane.validation.source;

import org.jspecify.annotations.NullMarked;
