/** The published schema of validation.yaml beside the reader that decides. */
@NullMarked
package io.greenlane.rehearsal.schema;

import org.jspecify.annotations.NullMarked;
