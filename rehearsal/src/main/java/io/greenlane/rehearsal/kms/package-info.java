/** AWS Key Management Service of the local cloud. */
@NullMarked
package io.greenlane.rehearsal.kms;

import org.jspecify.annotations.NullMarked;
