package io.greenlane.rehearsal;

import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.endpoint.WireFault;
import io.greenlane.rehearsal.endpoint.WireFaults;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import io.greenlane.rehearsal.lambda.FunctionHost;
import org.jspecify.annotations.Nullable;

/** Lets the calls of functions go wrong as planned, and nobody else's. */
record CallsOfFunctions(FunctionHost functions, Chaos chaos) implements WireFaults {
    @Override
    public @Nullable WireFault meeting(Sent sent) {
        String key = sent.accessKeyId();
        String function = key == null ? null : functions.signingWith(key).map(FunctionDefinition::name).orElse(null);
        return function == null
                ? null
                : chaos.attempt(function, sent.service() + " " + sent.operation(), sent.invocationId());
    }

    @Override
    public void answerIsLost(Sent sent) {
        chaos.answerIsLost(sent.invocationId());
    }
}
