/** The published schemas of validation.yaml, gates.yaml and the ledger beside the readers that decide. */
@NullMarked
package io.greenlane.rehearsal.schema;

import org.jspecify.annotations.NullMarked;
