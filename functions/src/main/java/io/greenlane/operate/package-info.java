/** What operators do by hand: hold a service, release a digest from quarantine, roll back, and see how things stand. */
@NullMarked
package io.greenlane.operate;

import org.jspecify.annotations.NullMarked;
