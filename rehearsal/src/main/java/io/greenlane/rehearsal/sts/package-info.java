/** AWS STS of the local cloud: who is calling. */
@NullMarked
package io.greenlane.rehearsal.sts;

import org.jspecify.annotations.NullMarked;
