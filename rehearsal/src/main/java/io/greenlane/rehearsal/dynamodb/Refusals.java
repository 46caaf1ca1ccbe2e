package io.greenlane.rehearsal.dynamodb;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** DynamoDB's error about a request that makes no sense, which its model does not list. */
final class Refusals {
    private Refusals() {}

    static DynamoDbException validation(String message) {
        return (DynamoDbException) DynamoDbException.builder().statusCode(400).message(message).awsErrorDetails(
                AwsErrorDetails.builder().errorCode("ValidationException").errorMessage(message).build()).build();
    }

    static DynamoDbException intoKey(String kind, Path path) {
        return validation("Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                + kind + ": " + path.attribute());
    }

    static DynamoDbException parameter(String message) {
        return validation("One or more parameter values were invalid: " + message);
    }
}
