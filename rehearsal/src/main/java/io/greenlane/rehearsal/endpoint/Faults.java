package io.greenlane.rehearsal.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an exception of a simulated service is on the wire. */
final class Faults {
    /** What SQS called these errors when it spoke the query protocol (SQS API reference); the others kept their names. */
    private static final Map<String, String> LEGACY_SQS_CODES = Map.of("QueueDoesNotExist",
            "AWS.SimpleQueueService.NonExistentQueue", "QueueNameExists", "QueueAlreadyExists", "PurgeQueueInProgress",
            "AWS.SimpleQueueService.PurgeQueueInProgress", "MessageNotInflight",
            "AWS.SimpleQueueService.MessageNotInflight");

    private Faults() {}

    static Fault of(AwsService service, RuntimeException thrown) {
        return switch (thrown) {
            case AwsServiceException modelled -> ofModelled(service, modelled);
            case RequestFault refused -> refused(service, refused);
            default -> new Fault("InternalFailure", service.queryCompatible() ? "InternalFailure" : null, 500,
                    "The local cloud has a defect: " + thrown, JsonProtocol.MAPPER.createObjectNode());
        };
    }

    /** The operation exists on AWS, or does not exist at all; here nobody serves it. */
    static RequestFault unknownOperation(AwsService service, String operation) {
        AwsService.Wire wire = service.wire();
        String message = "The local cloud does not simulate " + operation + " of " + service.signingName();
        if (service == AwsService.S3) {
            return new RequestFault("NotImplemented", 501, message);
        }
        if (wire.targetPrefix() != null) {
            return new RequestFault("UnknownOperationException", 400, message);
        }
        return wire.queryVersion() != null
                ? new RequestFault("InvalidAction", 400, message)
                : new RequestFault("UnknownOperationException", 404, message);
    }

    private static Fault refused(AwsService service, RequestFault refused) {
        return new Fault(refused.code(), service.queryCompatible() ? refused.code() : null, refused.status(),
                refused.text(), JsonProtocol.MAPPER.createObjectNode());
    }

    private static Fault ofModelled(AwsService service, AwsServiceException thrown) {
        ModelFacts facts = ModelFacts.of(service);
        AwsErrorDetails details = thrown.awsErrorDetails();
        String named = details == null ? null : details.errorCode();
        boolean base = isBase(thrown);
        String code = base || (named != null && !service.queryCompatible())
                ? (named == null ? "InternalFailure" : named)
                : facts.code(thrown.getClass());
        int status = thrown.statusCode() != 0 ? thrown.statusCode() : base ? 400 : facts.status(thrown.getClass());
        String legacy = service.queryCompatible()
                ? (named == null ? LEGACY_SQS_CODES.getOrDefault(code, code) : named)
                : null;
        ObjectNode members = JsonShapes.WIRE.write(thrown);
        members.remove(List.of("message", "Message"));
        return new Fault(code, legacy, status, message(thrown, details), members);
    }

    /** Whether it is the service's base exception, EcsException, which stands for no error of the model. */
    private static boolean isBase(AwsServiceException thrown) {
        String owner = thrown.getClass().getPackageName();
        String service = owner.endsWith(".model")
                ? owner.substring(0, owner.length() - ".model".length())
                : owner;
        String bare = service.substring(service.lastIndexOf('.') + 1) + "exception";
        return thrown.getClass().getSimpleName().toLowerCase(Locale.ROOT).equals(bare)
                || thrown.getClass() == AwsServiceException.class;
    }

    private static String message(AwsServiceException thrown, @Nullable AwsErrorDetails details) {
        if (details != null && details.errorMessage() != null) {
            return details.errorMessage();
        }
        // getMessage() appends what only a real answer has: service, status, request id.
        return thrown.rawMessage() == null ? "" : thrown.rawMessage();
    }
}
