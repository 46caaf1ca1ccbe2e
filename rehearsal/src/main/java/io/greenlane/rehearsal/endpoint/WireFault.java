package io.greenlane.rehearsal.endpoint;

/** What can go wrong with a call between a client and the endpoint. */
public enum WireFault {
    /** Refused for its rate; nothing is done. */
    THROTTLED,
    /** The service fails without having done anything. */
    FAILED,
    /** The connection breaks before the request is there. */
    REQUEST_LOST,
    /** Done, but the connection breaks before the answer. */
    ANSWER_LOST;

    /** An error by its code and HTTP status. */
    public record Refusal(String code, int status) {}

    /** The error by which the service says so; only of those that are answered. */
    public Refusal refusal(AwsService service) {
        return switch (this) {
            case THROTTLED -> switch (service) {
                case LOAD_BALANCING, CLOUDWATCH -> new Refusal("Throttling", 400);
                case SNS -> new Refusal("Throttled", 429);
                case S3 -> new Refusal("SlowDown", 503);
                case APPCONFIG_DATA -> new Refusal("ThrottlingException", 429);
                default -> new Refusal("ThrottlingException", 400);
            };
            case FAILED -> switch (service) {
                case DYNAMODB, SSM -> new Refusal("InternalServerError", 500);
                case ECS, ECR -> new Refusal("ServerException", 500);
                case SNS, S3 -> new Refusal("InternalError", 500);
                case CLOUDWATCH -> new Refusal("InternalServiceFault", 500);
                case APPCONFIG_DATA -> new Refusal("InternalServerException", 500);
                default -> new Refusal("InternalFailure", 500);
            };
            case REQUEST_LOST, ANSWER_LOST -> throw new IllegalStateException(this + " is not answered");
        };
    }

    /** That error with a message, as the service answers it. */
    Fault answer(AwsService service) {
        Refusal refusal = refusal(service);
        return new Fault(refusal.code(), service.queryCompatible() ? refusal.code() : null, refusal.status(),
                "Disturbed on purpose: " + refusal.code(), JsonProtocol.MAPPER.createObjectNode());
    }
}
