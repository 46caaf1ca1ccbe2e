package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.s3.SimulatedS3;
import io.greenlane.rehearsal.ssm.SimulatedSsm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** Buckets and parameters of a template, in the simulated services themselves. */
class StorageResourcesTest {
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
    private final SimulatedS3 s3 = new SimulatedS3(ACCOUNT, timeline,
            RandomGeneratorFactory.of("L64X128MixRandom").create(7));
    private final SimulatedSsm ssm = new SimulatedSsm(ACCOUNT, timeline);

    @TempDir
    Path folder = Path.of("");

    private Stack deploy(String yaml) throws IOException {
        CloudClients others = new RecordingCloud().clients();
        return new StackDeployer(ACCOUNT, new CloudClients(others.ecs(), others.loadBalancing(), others.codeDeploy(),
                others.events(), others.stepFunctions(), others.dynamoDb(), others.sns(), others.sqs(), others.logs(),
                others.cloudWatch(), s3, ssm, others.kms(), others.functions(), others.roles()))
                .deploy("Shop", Files.writeString(folder.resolve("t.yaml"), yaml), Map.of());
    }

    @Test
    void a_bucket_is_made_as_its_properties_say() throws IOException {
        Stack stack = deploy("""
                Resources:
                  Reports:
                    Type: AWS::S3::Bucket
                    DeletionPolicy: Retain
                    Properties:
                      BucketEncryption:
                        ServerSideEncryptionConfiguration:
                          - BucketKeyEnabled: true
                            ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}
                      PublicAccessBlockConfiguration:
                        {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
                      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
                      VersioningConfiguration: {Status: Enabled}
                      LifecycleConfiguration:
                        Rules:
                          - {Id: old, Status: Enabled, ExpirationInDays: 90, NoncurrentVersionExpirationInDays: 7}
                          - {Status: Enabled, Prefix: work/, AbortIncompleteMultipartUpload: {DaysAfterInitiation: 1}}
                  Policy:
                    Type: AWS::S3::BucketPolicy
                    Properties: {Bucket: !Ref Reports, PolicyDocument: {Statement: []}}
                Outputs:
                  Name: {Value: !Ref Reports}
                  Arn: {Value: !GetAtt Reports.Arn}
                  Domain: {Value: !GetAtt Reports.DomainName}
                  Regional: {Value: !GetAtt Reports.RegionalDomainName}
                """);

        String name = stack.output("Name");
        assertThat(name).isEqualTo("shop-reports");
        assertThat(stack.output("Arn")).isEqualTo("arn:aws:s3:::shop-reports");
        assertThat(stack.output("Domain")).isEqualTo("shop-reports.s3.amazonaws.com");
        assertThat(stack.output("Regional")).isEqualTo("shop-reports.s3.eu-west-1.amazonaws.com");
        assertThat(s3.getBucketVersioning(it -> it.bucket(name)).status()).isEqualTo(BucketVersioningStatus.ENABLED);
        assertThat(s3.getPublicAccessBlock(it -> it.bucket(name)).publicAccessBlockConfiguration().blockPublicPolicy())
                .isTrue();
        assertThat(s3.getBucketOwnershipControls(it -> it.bucket(name)).ownershipControls().rules())
                .extracting(OwnershipControlsRule::objectOwnership).containsExactly(
                        ObjectOwnership.BUCKET_OWNER_ENFORCED);
        assertThat(s3.getBucketLifecycleConfiguration(it -> it.bucket(name)).rules())
                .extracting(LifecycleRule::id).containsExactly("old", null);
        LifecycleRule old = s3.getBucketLifecycleConfiguration(it -> it.bucket(name)).rules().getFirst();
        assertThat(old.expiration().days()).isEqualTo(90);
        assertThat(old.noncurrentVersionExpiration().noncurrentDays()).isEqualTo(7);
        assertThat(old.filter().prefix()).isEmpty();
        assertThat(s3.getBucketPolicy(it -> it.bucket(name)).policy()).isEqualTo("{\"Statement\":[]}");
        assertThat(s3.putObject(it -> it.bucket(name).key("k"), RequestBody.fromString("x"))
                .serverSideEncryptionAsString()).isEqualTo("aws:kms");
    }

    @Test
    void a_parameter_is_written() throws IOException {
        Stack stack = deploy("""
                Resources:
                  File:
                    Type: AWS::SSM::Parameter
                    Properties: {Name: /greenlane/shop/validation, Type: String, Value: 'version: 1', Description: d}
                Outputs:
                  Name: {Value: !Ref File}
                """);

        assertThat(ssm.getParameter(it -> it.name(stack.output("Name"))).parameter().value()).isEqualTo("version: 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{Type: 'AWS::S3::Bucket', Properties: {WebsiteConfiguration: {}}} | does not provision: WebsiteConfiguration",
            "{Type: 'AWS::S3::Bucket', Properties: {BucketName: Upper}} | The specified bucket is not valid",
            "{Type: 'AWS::S3::Bucket', Properties: {LifecycleConfiguration: {Rules: [{Transition: {}}]}}} | Transition",
            "{Type: 'AWS::S3::Bucket', Properties: {BucketEncryption: {Other: 1}}} | provisions ServerSideEncryptionConfiguration and nothing else",
            "{Type: 'AWS::SSM::Parameter', Properties: {Type: SecureString, Value: x}} | CloudFormation does not create"})
    void what_cannot_be_provisioned_is_named(String resource, String message) {
        assertThatThrownBy(() -> deploy("Resources:\n  R: " + resource)).hasMessageContaining(message);
    }
}
