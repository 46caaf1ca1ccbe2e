package io.greenlane.rehearsal.ecs;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

/** The errors of this API. */
final class Faults {
    private Faults() {}

    /** Fills a modelled error. */
    static EcsException of(EcsException.Builder builder, String code, String message) {
        return (EcsException) builder.message(message).statusCode(400).awsErrorDetails(AwsErrorDetails.builder()
                .serviceName("Ecs").errorCode(code).errorMessage(message).build()).build();
    }

    static EcsException invalidParameter(String message) {
        return of(InvalidParameterException.builder(), "InvalidParameterException", message);
    }

    static EcsException client(String message) {
        return of(ClientException.builder(), "ClientException", message);
    }
}
