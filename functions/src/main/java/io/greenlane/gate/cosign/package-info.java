/**
 * Signatures that cosign makes with a key, in both forms in which it lays them beside an image (cosign, SIGNATURE_SPEC and
 * BUNDLE_SPEC). Whose they are is found out with the JDK's own providers.
 */
@NullMarked
package io.greenlane.gate.cosign;

import org.jspecify.annotations.NullMarked;
