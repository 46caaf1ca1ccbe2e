package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** What calls of Amazon DynamoDB need. A transaction needs the actions of its parts; there is none of its own. */
record DynamoDbNeeds(Account account) implements ServiceNeeds {
    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case GetItemRequest it -> List.of(on("dynamodb:GetItem", it.tableName()));
            case PutItemRequest it -> List.of(on("dynamodb:PutItem", it.tableName()));
            case UpdateItemRequest it -> List.of(on("dynamodb:UpdateItem", it.tableName()));
            case DeleteItemRequest it -> List.of(on("dynamodb:DeleteItem", it.tableName()));
            case DescribeTableRequest it -> List.of(on("dynamodb:DescribeTable", it.tableName()));
            case QueryRequest it -> List.of(on("dynamodb:Query", it.tableName(), it.indexName()));
            case ScanRequest it -> List.of(on("dynamodb:Scan", it.tableName(), it.indexName()));
            case BatchGetItemRequest it ->
                it.requestItems().keySet().stream().map(table -> on("dynamodb:BatchGetItem", table)).toList();
            case BatchWriteItemRequest it ->
                it.requestItems().keySet().stream().map(table -> on("dynamodb:BatchWriteItem", table)).toList();
            case TransactGetItemsRequest it ->
                it.transactItems().stream().map(item -> on("dynamodb:GetItem", item.get().tableName())).toList();
            case TransactWriteItemsRequest it ->
                it.transactItems().stream().flatMap(item -> writing(item).stream()).distinct().toList();
            default -> null;
        };
    }

    private List<Need> writing(TransactWriteItem item) {
        List<Need> needs = new ArrayList<>();
        if (item.put() != null) {
            needs.add(on("dynamodb:PutItem", item.put().tableName()));
        }
        if (item.update() != null) {
            needs.add(on("dynamodb:UpdateItem", item.update().tableName()));
        }
        if (item.delete() != null) {
            needs.add(on("dynamodb:DeleteItem", item.delete().tableName()));
        }
        if (item.conditionCheck() != null) {
            needs.add(on("dynamodb:ConditionCheckItem", item.conditionCheck().tableName()));
        }
        return needs;
    }

    private Need on(String action, String table) {
        return on(action, table, null);
    }

    private Need on(String action, String table, @Nullable String index) {
        String arn = table.startsWith("arn:") ? table : account.arn("dynamodb", "table/" + table);
        return Need.of(action, index == null ? arn : arn + "/index/" + index);
    }
}
