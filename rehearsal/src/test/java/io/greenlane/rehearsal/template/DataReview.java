package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Reviewed.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept: ledger, reports, queues, topics, images. */
final class DataReview {
    /** Where the types that hold data name their key. */
    private static final Map<String, String> KEY_OF = Map.of(
            "AWS::DynamoDB::Table", "/SSESpecification/KMSMasterKeyId",
            "AWS::S3::Bucket",
            "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/KMSMasterKeyID",
            "AWS::SNS::Topic", "/KmsMasterKeyId",
            "AWS::SQS::Queue", "/KmsMasterKeyId",
            "AWS::Logs::LogGroup", "/KmsKeyId",
            "AWS::Lambda::Function", "/KmsKeyArn",
            "AWS::StepFunctions::StateMachine", "/EncryptionConfiguration/KmsKeyId");

    private DataReview() {}

    static List<ReviewRule> rules() {
        return List.of(
                ReviewRule.each("table",
                        "a table is encrypted, can be restored, outlives the stack, is not deleted by a slip and forgets by an "
                                + "attribute of its own",
                        "AWS::DynamoDB::Table",
                        it -> it.properties().at("/SSESpecification/SSEEnabled").asBoolean()
                                && it.properties().at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                                        .asBoolean()
                                && it.properties().path("DeletionProtectionEnabled").asBoolean() && outlives(it)
                                && Reviewed.items(it.properties().path("AttributeDefinitions"))
                                        .noneMatch(key -> key.path("AttributeName")
                                                .equals(it.properties().at("/TimeToLiveSpecification/AttributeName")))),
                ReviewRule.each("bucket", "a bucket is encrypted, private, owned by one account and outlives the stack",
                        "AWS::S3::Bucket",
                        it -> it.properties().has("BucketEncryption") && outlives(it)
                                && it.properties().at("/OwnershipControls/Rules/0/ObjectOwnership").asText()
                                        .equals("BucketOwnerEnforced")
                                && Stream.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls",
                                        "RestrictPublicBuckets")
                                        .allMatch(block -> it.properties().path("PublicAccessBlockConfiguration")
                                                .path(block)
                                                .asBoolean())),
                new ReviewRule("queue", "a queue and a topic are encrypted",
                        it -> it.resources().stream()
                                .filter(each -> each.type().matches("AWS::(SQS::Queue|SNS::Topic)"))
                                .filter(each -> !each.properties().path("SqsManagedSseEnabled").asBoolean()
                                        && !each.properties().has("KmsMasterKeyId"))
                                .map(each -> each + ": not encrypted")),
                new ReviewRule("key", "the account's key, when one is given, is that of everything which holds data",
                        DataReview::withoutKey),
                new ReviewRule("transport", "queues, topics and buckets speak TLS only", DataReview::transport));
    }

    private static Stream<String> withoutKey(Reviewed it) {
        String key = it.given("KmsKeyArn");
        return it.resources().stream().filter(each -> !key.isEmpty() && KEY_OF.containsKey(each.type()))
                .filter(each -> !each.properties().at(KEY_OF.getOrDefault(each.type(), "/")).asText().equals(key))
                .map(each -> each + ": not under the account's key");
    }

    private static boolean outlives(Resource resource) {
        return resource.written().path("DeletionPolicy").asText().equals("Retain")
                && resource.written().path("UpdateReplacePolicy").asText().equals("Retain");
    }

    private static Stream<String> transport(Reviewed it) {
        Set<String> denying = it.resourcePolicies()
                .filter(statement -> statement.written().path("Effect").asText().equals("Deny")
                        && statement.condition("Bool", "aws:SecureTransport").asText().equals("false"))
                .map(Reviewed.Statement::owner).collect(Collectors.toSet());
        return it.resources().stream().filter(each -> each.type().matches("AWS::(SQS::Queue|SNS::Topic|S3::Bucket)"))
                .filter(each -> it.resources().stream().noneMatch(policy -> denying.contains(policy.id())
                        && policy.written().toString().contains("\"" + each.id() + "\"")))
                .map(each -> each + ": no policy that refuses plain HTTP");
    }
}
