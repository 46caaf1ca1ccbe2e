package io.greenlane.rehearsal.lambda;

import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.time.Duration;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Asynchronous invocations of functions in this JVM, repeated as Lambda repeats them: what event sources need of it. */
public final class InProcessLambda implements LambdaClient {
    private static final int ACCEPTED = 202;
    private static final int RETRIES = 2;
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    private final Timeline timeline;
    private final FunctionInvoker functions;

    /** Invokes these functions. */
    public InProcessLambda(Timeline timeline, FunctionInvoker functions) {
        this.timeline = timeline;
        this.functions = functions;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        if (request.invocationType() != InvocationType.EVENT) {
            throw new UnsupportedOperationException("Only asynchronous invocations are simulated in process");
        }
        attempt(request.functionName(), request.payload().asUtf8String(), 0);
        return InvokeResponse.builder().statusCode(ACCEPTED).build();
    }

    private void attempt(String function, String payload, int retriesSoFar) {
        functions.invoke(function, payload, answer -> {
            if (answer instanceof Answer.Failed && retriesSoFar < RETRIES) {
                timeline.after(FIRST_RETRY.multipliedBy(retriesSoFar + 1L),
                        () -> attempt(function, payload, retriesSoFar + 1));
            }
        });
    }
}
