/** What others change at a service between releases, found by looking. */
@NullMarked
package io.greenlane.drift;

import org.jspecify.annotations.NullMarked;
