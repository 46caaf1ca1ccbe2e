package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.CallObserver.Call;
import io.greenlane.rehearsal.endpoint.CallObserver.Ending;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/** Runs one operation in a turn of its own and tells the observer. */
final class OperationRunner {
    private final Timeline timeline;
    private final CallObserver observer;

    OperationRunner(Timeline timeline, CallObserver observer) {
        this.timeline = timeline;
        this.observer = observer;
    }

    /** The future is done on return unless the operation is a slow one; it fails with what the service threw. */
    CompletableFuture<Answer> run(ServiceBinding binding, String name, @Nullable String caller, Reader reader) {
        return timeline.call(() -> {
            CompletableFuture<Answer> answer;
            Call call = new Call(binding.service(), name, caller, null, null);
            try {
                if (binding.implementation() instanceof RawJsonOperations raw && raw.servesRaw(name)
                        && reader.readsRaw()) {
                    ObjectNode request = reader.raw();
                    call = new Call(binding.service(), name, caller, null, request);
                    observer.arrives(call);
                    answer = CompletableFuture.completedFuture(new Answer.Raw(raw.callRaw(name, request)));
                } else {
                    Operation operation = served(binding, name);
                    SdkRequest request = read(binding, operation, reader);
                    call = new Call(binding.service(), name, caller, request, null);
                    observer.arrives(call);
                    answer = start(binding, operation, request, reader);
                }
            } catch (RuntimeException thrown) {
                answer = CompletableFuture.failedFuture(thrown);
            }
            Call observed = call;
            return answer.whenComplete((response, failure) -> timeline
                    .run(() -> observer.ends(observed, ending(binding.service(), failure))));
        });
    }

    private static CompletableFuture<Answer> start(ServiceBinding binding, Operation operation, SdkRequest request,
            Reader reader) {
        if (binding.implementation() instanceof SlowOperations slow && slow.servesSlow(operation.name())) {
            return slow.callSlow(operation.name(), request).thenApply(answer -> new Answer.Typed(answer, null));
        }
        SdkBytes sent = operation.content() == Operation.Content.IN_REQUEST
                ? reader.content()
                : SdkBytes.fromByteArrayUnsafe(new byte[0]);
        Operation.Reply reply = operation.call(binding.implementation(), request, sent);
        return CompletableFuture.completedFuture(new Answer.Typed(reply.answer(), reply.content()));
    }

    private static Operation served(ServiceBinding binding, String name) {
        return binding.operation(name)
                .filter(found -> found.isServedBy(binding.implementation())
                        || (binding.implementation() instanceof SlowOperations slow && slow.servesSlow(name)))
                .orElseThrow(() -> Faults.unknownOperation(binding.service(), name));
    }

    private static SdkRequest read(ServiceBinding binding, Operation operation, Reader reader) {
        SdkPojo builder = operation.newRequest();
        reader.read(builder);
        SdkRequest request = (SdkRequest) ((Buildable) builder).build();
        RequiredMembers.check(binding.service(), request);
        return request;
    }

    private static Ending ending(AwsService service, @Nullable Throwable failure) {
        if (failure == null) {
            return new Ending.Answered();
        }
        RuntimeException thrown = thrown(failure);
        if (thrown instanceof AwsServiceException || thrown instanceof RequestFault) {
            Fault fault = Faults.of(service, thrown);
            return new Ending.Refused(fault.code(), fault.message());
        }
        return new Ending.Broke(thrown);
    }

    /** The exception behind a failed future. */
    static RuntimeException thrown(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** What came of it. */
    sealed interface Answer {
        /**
         * An answer in the SDK's shape.
         *
         * @param content beside the members of the answer; null when the operation has none
         */
        record Typed(SdkPojo answer, @Nullable SdkBytes content) implements Answer {}

        record Raw(ObjectNode answer) implements Answer {}
    }

    /** Where the request comes from. */
    interface Reader {
        void read(SdkPojo into);

        boolean readsRaw();

        ObjectNode raw();

        /** The content beside the request's members, of an operation that has it. */
        SdkBytes content();
    }
}
