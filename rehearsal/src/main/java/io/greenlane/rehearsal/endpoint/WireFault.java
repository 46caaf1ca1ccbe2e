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

    /** The error that the service answers with, in its own words; only of those that are answered. */
    Fault answer(AwsService service) {
        return switch (this) {
            case THROTTLED -> switch (service) {
                case LOAD_BALANCING, CLOUDWATCH -> fault(service, "Throttling", 400);
                case SNS -> fault(service, "Throttled", 429);
                case S3 -> fault(service, "SlowDown", 503);
                default -> fault(service, "ThrottlingException", 400);
            };
            case FAILED -> switch (service) {
                case DYNAMODB, SSM -> fault(service, "InternalServerError", 500);
                case ECS, ECR -> fault(service, "ServerException", 500);
                case SNS, S3 -> fault(service, "InternalError", 500);
                default -> fault(service, "InternalFailure", 500);
            };
            case REQUEST_LOST, ANSWER_LOST -> throw new IllegalStateException(this + " is not answered");
        };
    }

    private static Fault fault(AwsService service, String code, int status) {
        return new Fault(code, service.queryCompatible() ? code : null, status, "Disturbed on purpose: " + code,
                JsonProtocol.MAPPER.createObjectNode());
    }
}
