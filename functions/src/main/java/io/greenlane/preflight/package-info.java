/** The checks of the whole chain from a push to production, before anybody relies on it. */
@NullMarked
package io.greenlane.preflight;

import org.jspecify.annotations.NullMarked;
