package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;

/** AWS::DynamoDB resources. */
record DynamoDbResources(DynamoDbClient dynamoDb) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::DynamoDB::Table", this::table);
    }

    private Created table(ResourceRequest request) {
        String name = request.name("TableName", 255);
        Optional<Object> timeToLive = request.value("TimeToLiveSpecification");
        Optional<Object> recovery = request.value("PointInTimeRecoverySpecification");
        Object encrypted = request.map("SSESpecification").getOrDefault("SSEEnabled", false);
        CreateTableRequest.Builder table = SdkShape.fill(CreateTableRequest.builder().tableName(name), request);
        if (Values.same(encrypted, true)) {
            table.sseSpecification(sse -> sse.enabled(true));
        }
        String arn = dynamoDb.createTable(table.build()).tableDescription().tableArn();
        timeToLive.ifPresent(value -> dynamoDb.updateTimeToLive(update -> update.tableName(name)
                .timeToLiveSpecification(SdkShape.fill(TimeToLiveSpecification.builder(), value,
                        request.where("TimeToLiveSpecification")).build())));
        recovery.ifPresent(value -> dynamoDb.updateContinuousBackups(update -> update.tableName(name)
                .pointInTimeRecoverySpecification(SdkShape.fill(PointInTimeRecoverySpecification.builder(), value,
                        request.where("PointInTimeRecoverySpecification")).build())));
        return new Created(name, Map.of("Arn", arn));
    }
}
