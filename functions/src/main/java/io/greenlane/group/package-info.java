/** Groups of services after the decision: how all of them come to run the same again. */
@NullMarked
package io.greenlane.group;

import org.jspecify.annotations.NullMarked;
