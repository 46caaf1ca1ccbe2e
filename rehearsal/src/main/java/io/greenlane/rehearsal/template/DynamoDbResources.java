package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.SSESpecification;
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
        Map<String, Object> encryption = new LinkedHashMap<>(request.map("SSESpecification"));
        CreateTableRequest.Builder table = SdkShape.fill(CreateTableRequest.builder().tableName(name), request);
        if (!encryption.isEmpty()) {
            // The API has this member without the prefix.
            encryption.put("Enabled", encryption.getOrDefault("SSEEnabled", false));
            encryption.remove("SSEEnabled");
            table.sseSpecification(SdkShape.fill(SSESpecification.builder(), encryption,
                    request.where("SSESpecification")).build());
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
