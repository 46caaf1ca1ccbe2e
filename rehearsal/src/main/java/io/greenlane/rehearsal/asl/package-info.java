/**
 * The Amazon States Language: definitions, JSONPath and JSONata evaluation, intrinsic functions and the interpreter.
 *
 * <p>An {@link io.greenlane.rehearsal.asl.Execution} advances in turns of the timeline, so the same definition runs under
 * real, shortened and virtual time. What it did is its {@link io.greenlane.rehearsal.asl.History}, in AWS's own events.
 */
@NullMarked
package io.greenlane.rehearsal.asl;

import org.jspecify.annotations.NullMarked;
