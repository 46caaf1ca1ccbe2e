/** Adapters: what the concepts ask for, done with the AWS SDK. Nothing outside this package and the entry classes names its types. */
@NullMarked
package io.greenlane.aws;

import org.jspecify.annotations.NullMarked;
