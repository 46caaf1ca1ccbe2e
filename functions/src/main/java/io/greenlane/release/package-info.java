/** Releases: the ledger they are written in, whose turn it is at a service, and how each of them ends. */
@NullMarked
package io.greenlane.release;

import org.jspecify.annotations.NullMarked;
