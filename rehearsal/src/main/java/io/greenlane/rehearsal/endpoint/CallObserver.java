package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;

/** Told about every call at the endpoint, inside the turn of the call. */
public interface CallObserver {
    /** Observes nothing. */
    CallObserver NONE = new CallObserver() {
    };

    /** Called before the service is; an exception of the SDK refuses the call, as missing permission does. */
    default void arrives(Call call) {}

    /** Called when the answer is known. */
    default void ends(Call call, Ending ending) {}

    /** Tells the other one too, after this one, unless this one refuses the call. */
    default CallObserver then(CallObserver next) {
        CallObserver first = this;
        return new CallObserver() {
            @Override
            public void arrives(Call call) {
                first.arrives(call);
                next.arrives(call);
            }

            @Override
            public void ends(Call call, Ending ending) {
                first.ends(call, ending);
                next.ends(call, ending);
            }
        };
    }

    /**
     * A call.
     *
     * @param service the service in ARNs and IAM actions: {@code states}, {@code elasticloadbalancing}
     * @param operation {@code DescribeServices}
     * @param caller the access key id that signed, or the ARN of the role that a workflow calls under; null for a caller inside
     *     the local cloud
     * @param request the request; null when the service reads the operation's JSON itself
     * @param raw the JSON that it reads then; null otherwise
     */
    record Call(
            AwsService service, String operation, @Nullable String caller, @Nullable SdkRequest request,
            @Nullable ObjectNode raw) {}

    /** How a call ended. */
    sealed interface Ending {
        /** The service answered. */
        record Answered() implements Ending {}

        /** The caller got an error of the service. */
        record Refused(String code, String message) implements Ending {}

        /** The local cloud has a defect; the caller got a 500. */
        record Broke(RuntimeException fault) implements Ending {}
    }
}
