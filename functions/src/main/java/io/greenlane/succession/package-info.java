/** What stands in the way of a release that waits, and how it is made to end. */
@NullMarked
package io.greenlane.succession;

import org.jspecify.annotations.NullMarked;
