/** The little web application that the rehearsal deploys. */
@NullMarked
package io.greenlane.sample;

import org.jspecify.annotations.NullMarked;
