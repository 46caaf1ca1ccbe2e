package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.iam.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/** Functions that are invoked only by who may: by the role of a workflow or of a deployment group. */
public record AuthorizedFunctions(
        FunctionInvoker functions, Authority authority, Timeline timeline) implements FunctionInvoker {
    @Override
    public void invoke(String function, String payload, Consumer<Answer> done) {
        functions.invoke(function, payload, done);
    }

    @Override
    public FunctionInvoker under(Principal who, Map<String, List<String>> context) {
        return (function, payload, done) -> authority
                .refusal(who, context, AwsService.LAMBDA, InvokeRequest.builder().functionName(function).build())
                .ifPresentOrElse(
                        denied -> timeline.after(Duration.ZERO,
                                () -> done.accept(new Answer.Refused("AccessDeniedException", denied.sentence()))),
                        () -> functions.invoke(function, payload, done));
    }
}
