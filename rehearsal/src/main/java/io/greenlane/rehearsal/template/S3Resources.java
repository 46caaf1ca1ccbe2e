package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** AWS::S3 resources. Where CloudFormation names a member otherwise than the API, its name is translated here. */
record S3Resources(Account account, S3Client s3) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_NAME = 63;
    /** Members of a lifecycle rule in CloudFormation that the API has in a structure of its own. */
    private static final Map<String, List<String>> NESTED = Map.of("ExpirationInDays", List.of("Expiration", "Days"),
            "NoncurrentVersionExpirationInDays", List.of("NoncurrentVersionExpiration", "NoncurrentDays"),
            "Prefix", List.of("Filter", "Prefix"));

    Map<String, ResourceType> types() {
        return Map.of("AWS::S3::Bucket", this::bucket, "AWS::S3::BucketPolicy", this::policy);
    }

    private Created bucket(ResourceRequest request) {
        String name = request.value("BucketName")
                .map(given -> Values.text(given, request.where("BucketName")))
                .orElseGet(() -> request.name(null, LONGEST_NAME).toLowerCase(Locale.ROOT));
        CreateBucketRequest.Builder create = CreateBucketRequest.builder().bucket(name);
        if (!account.region().equals("us-east-1")) {
            create.createBucketConfiguration(it -> it.locationConstraint(account.region()));
        }
        s3.createBucket(create.build());
        setting(request, "PublicAccessBlockConfiguration", PublicAccessBlockConfiguration::builder, (where, block) -> s3
                .putPublicAccessBlock(put -> put.bucket(name).publicAccessBlockConfiguration(block.build())));
        setting(request, "OwnershipControls", OwnershipControls::builder, (where, controls) -> s3
                .putBucketOwnershipControls(put -> put.bucket(name).ownershipControls(controls.build())));
        setting(request, "VersioningConfiguration", VersioningConfiguration::builder, (where, versioning) -> s3
                .putBucketVersioning(put -> put.bucket(name).versioningConfiguration(versioning.build())));
        encryption(request, name);
        lifecycle(request, name);
        request.recordOnly("Tags");
        request.finish();
        String domain = name + ".s3.amazonaws.com";
        String regional = name + ".s3." + account.region() + ".amazonaws.com";
        return new Created(name, Map.of("Arn", "arn:aws:s3:::" + name, "DomainName", domain, "RegionalDomainName",
                regional, "DualStackDomainName", name + ".s3.dualstack." + account.region() + ".amazonaws.com"));
    }

    private static <B extends SdkPojo> void setting(ResourceRequest request, String property, Supplier<B> builder,
            BiConsumer<String, B> apply) {
        String where = request.where(property);
        request.value(property)
                .ifPresent(value -> apply.accept(where, SdkShape.fill(builder.get(), value, where)));
    }

    private void encryption(ResourceRequest request, String name) {
        String property = "BucketEncryption";
        String where = request.where(property);
        request.value(property).ifPresent(value -> {
            List<ServerSideEncryptionRule> rules = new ArrayList<>();
            for (Object each : only("ServerSideEncryptionConfiguration", value, where)) {
                rules.add(SdkShape.fill(ServerSideEncryptionRule.builder(),
                        renamed(Template.map(each, where), "ServerSideEncryptionByDefault",
                                "ApplyServerSideEncryptionByDefault"),
                        where).build());
            }
            s3.putBucketEncryption(put -> put.bucket(name).serverSideEncryptionConfiguration(it -> it.rules(rules)));
        });
    }

    private void lifecycle(ResourceRequest request, String name) {
        String property = "LifecycleConfiguration";
        String where = request.where(property);
        request.value(property).ifPresent(value -> {
            List<LifecycleRule> rules = new ArrayList<>();
            for (Object each : only("Rules", value, where)) {
                Map<String, Object> rule = renamed(Template.map(each, where), "Id", "ID");
                NESTED.forEach((flat, path) -> Optional.ofNullable(rule.remove(flat))
                        .ifPresent(given -> rule.put(path.get(0), Map.of(path.get(1), given))));
                rule.putIfAbsent("Filter", Map.of("Prefix", ""));
                rules.add(SdkShape.fill(LifecycleRule.builder(), rule, where).build());
            }
            s3.putBucketLifecycleConfiguration(
                    put -> put.bucket(name).lifecycleConfiguration(it -> it.rules(rules)));
        });
    }

    private Created policy(ResourceRequest request) {
        String bucket = request.needText("Bucket");
        String document = JSON.valueToTree(request.need("PolicyDocument")).toString();
        request.finish();
        s3.putBucketPolicy(put -> put.bucket(bucket).policy(document));
        return new Created(bucket);
    }

    /** The items of the one member that the structure has. */
    private static List<?> only(String member, Object structure, String where) {
        Map<String, Object> members = Template.map(structure, where);
        if (!members.keySet().equals(Set.of(member))) {
            throw new TemplateException(
                    where + ": the local cloud provisions " + member + " and nothing else, got " + members.keySet());
        }
        return Values.list(members.getOrDefault(member, List.of()), where);
    }

    private static Map<String, Object> renamed(Map<String, Object> members, String from, String to) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        members.forEach((name, value) -> renamed.put(name.equals(from) ? to : name, value));
        return renamed;
    }
}
