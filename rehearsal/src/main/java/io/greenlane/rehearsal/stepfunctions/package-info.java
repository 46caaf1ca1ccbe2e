/** AWS Step Functions of the local cloud: its API over the interpreter of {@code io.greenlane.rehearsal.asl}. */
@NullMarked
package io.greenlane.rehearsal.stepfunctions;

import org.jspecify.annotations.NullMarked;
