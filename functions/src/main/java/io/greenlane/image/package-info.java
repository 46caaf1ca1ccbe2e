/** Images and pushes: what arrived in the registry, and which tags a service follows. */
@NullMarked
package io.greenlane.image;

import org.jspecify.annotations.NullMarked;
