package io.greenlane.rehearsal.asl;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.util.random.RandomGenerator;

/**
 * What executions stand on.
 *
 * @param random for jitter, tokens, UUIDs and the random functions of the language
 */
public record Platform(Account account, Timeline timeline, RandomGenerator random, Journal journal,
        FunctionInvoker functions,
        TaskIntegration integration, TaskTokens tokens, Activities activities) {}
