package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a call needs of the key of the account's own that its data are under (DynamoDB guide, encryption at rest; SNS and SQS
 * guides, key management; S3 guide, SSE-KMS).
 */
record KeyNeeds(Account account, Places places) {
    /** What a call needs besides. */
    List<Need> of(List<Need> call) {
        return call.stream().flatMap(this::uses).distinct().toList();
    }

    private Stream<Need> uses(Need need) {
        return switch (need.action()) {
            case "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                    "dynamodb:ConditionCheckItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:BatchGetItem",
                    "dynamodb:BatchWriteItem" ->
                use(table(need.resource()), "dynamodb", "kms:Decrypt");
            case "sns:Publish" -> use(need.resource(), "sns", "kms:GenerateDataKey", "kms:Decrypt");
            case "sqs:SendMessage" -> use(need.resource(), "sqs", "kms:GenerateDataKey", "kms:Decrypt");
            case "s3:GetObject", "s3:GetObjectVersion" -> use(need.resource(), "s3", "kms:Decrypt");
            case "s3:PutObject" -> use(Roles.policyOwner(need.resource()), "s3", "kms:GenerateDataKey");
            default -> Stream.of();
        };
    }

    /** That of an index, too. */
    private static String table(String resource) {
        int index = resource.indexOf("/index/");
        return index < 0 ? resource : resource.substring(0, index);
    }

    private Stream<Need> use(String resource, String service, String... actions) {
        return places.key(resource).stream().flatMap(key -> Stream.of(actions).map(action -> Need.of(action, key)
                .with("kms:ViaService", service + "." + account.region() + ".amazonaws.com")));
    }
}
