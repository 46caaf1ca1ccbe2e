package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.OperationRunner.Answer;
import io.greenlane.rehearsal.endpoint.OperationRunner.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** Calls of simulated services by name, without a wire: what SDK integrations of Step Functions use. */
public final class AwsCalls {
    private final OperationRunner runner;
    private final Map<String, ServiceBinding> bindings = new HashMap<>();

    /** @param observer told about every call */
    public AwsCalls(Timeline timeline, List<ServiceBinding> services, CallObserver observer) {
        this.runner = new OperationRunner(timeline, observer);
        services.forEach(binding -> bindings.put(binding.service().id(), binding));
    }

    /**
     * Calls an operation in the style of the SDK integrations: members begin with a capital letter, timestamps are ISO
     * text. Does not block; the future of an operation that takes no time is done on return.
     *
     * @param service the service as its integration names it: {@code ecs}, {@code sfn}, {@code dynamodb}
     * @param operation {@code describeServices} or {@code DescribeServices}
     * @param caller ARN of the role that makes the call
     * @return the answer; fails with {@link AwsCallException}
     */
    public CompletableFuture<ObjectNode> call(String service, String operation, String caller, ObjectNode request) {
        ServiceBinding binding = bindings.get(service);
        if (binding == null) {
            return CompletableFuture.failedFuture(AwsCallException.unknownService(service));
        }
        String name = Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
        return runner.run(binding, name, caller, new Integration(request)).handle((answer, failure) -> {
            if (failure != null) {
                throw AwsCallException.of(binding.service(), OperationRunner.thrown(failure));
            }
            return switch (answer) {
                case Answer.Typed typed -> JsonShapes.INTEGRATION.write(typed.answer());
                case Answer.Raw raw -> raw.answer();
            };
        });
    }

    private record Integration(ObjectNode request) implements Reader {
        @Override
        public void read(SdkPojo into) {
            JsonShapes.INTEGRATION.read(request, into);
        }

        @Override
        public boolean readsRaw() {
            return false;
        }

        @Override
        public ObjectNode raw() {
            return request;
        }

        @Override
        public SdkBytes content() {
            throw new RequestFault("NotImplemented", 501,
                    "The local cloud does not simulate integrations of operations with content, such as PutObject");
        }
    }
}
