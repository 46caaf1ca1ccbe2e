/** Whether green is worse than blue: statistics over what was measured, and differences between answers to the same request. */
@NullMarked
package io.greenlane.validation.comparison;

import org.jspecify.annotations.NullMarked;
