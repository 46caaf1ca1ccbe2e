/** The Lambda functions: entry classes that decode, decide by a concept and act through an adapter, and their settings. */
@NullMarked
package io.greenlane.lambda;

import org.jspecify.annotations.NullMarked;
