/**
 * Single answers: the proof that they come from green, and what they must be. An answer counts only while green is proven
 * before and after it.
 */
@NullMarked
package io.greenlane.validation.check;

import org.jspecify.annotations.NullMarked;
