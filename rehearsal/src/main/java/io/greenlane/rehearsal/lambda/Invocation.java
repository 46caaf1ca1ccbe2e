package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.util.function.Consumer;

/**
 * One call of a function, from arrival to answer.
 *
 * @param requestId UUID, the same in the function's context and log
 * @param functionArn as invoked, with its qualifier
 * @param done called once, in a turn
 */
record Invocation(String requestId, String functionArn, String payload, Consumer<Answer> done) {}
