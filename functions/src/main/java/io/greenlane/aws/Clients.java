package io.greenlane.aws;

import io.greenlane.gate.GateFiles;
import io.greenlane.probe.Sender;
import io.greenlane.release.Ledger;
import io.greenlane.validation.source.DocumentSearch;
import io.greenlane.validation.source.Documents;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The SDK clients of a function, over one HTTP client, and the adapters that stand on them. */
public final class Clients {
    private final SdkHttpClient http;
    private final Consumer<AwsClientBuilder<?, ?>> setUp;
    private final Supplier<String> writers;

    /**
     * Clients that are made when they are asked for.
     *
     * @param http shared by all of them
     * @param setUp applied to each; sets nothing where region and credentials are as Lambda gives them
     */
    public Clients(SdkHttpClient http, Consumer<AwsClientBuilder<?, ?>> setUp) {
        this(http, setUp, () -> UUID.randomUUID().toString());
    }

    /** As the other constructor, with the names under which the ledger is written; see {@link Ledger}. */
    public Clients(SdkHttpClient http, Consumer<AwsClientBuilder<?, ?>> setUp, Supplier<String> writers) {
        this.http = http;
        this.setUp = setUp;
        this.writers = writers;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepared(B builder) {
        setUp.accept(builder);
        return builder.httpClient(http);
    }

    /** A new client. */
    public CodeDeployClient codeDeploy() {
        return prepared(CodeDeployClient.builder()).build();
    }

    /** Deployments, with a client of their own that sends CreateDeployment once. */
    public CodeDeployDeployments deployments() {
        return new CodeDeployDeployments(codeDeploy(),
                CodeDeployDeployments.askingOnce(prepared(CodeDeployClient.builder())));
    }

    /** A new client. */
    public EcsClient ecs() {
        return prepared(EcsClient.builder()).build();
    }

    /** A new client. */
    public EcrClient ecr() {
        return prepared(EcrClient.builder()).build();
    }

    /** A new client. */
    public ElasticLoadBalancingV2Client loadBalancing() {
        return prepared(ElasticLoadBalancingV2Client.builder()).build();
    }

    /** What deployments of CodeDeploy bring. */
    public CodeDeployGreen codeDeployGreen() {
        return new CodeDeployGreen(codeDeploy(), ecs(), loadBalancing());
    }

    /** Alarms by their names. */
    public CloudWatchAlarms alarms() {
        return new CloudWatchAlarms(prepared(CloudWatchClient.builder()).build());
    }

    /** What there is to know about a service. */
    public ServiceDiscovery discovery() {
        return new ServiceDiscovery(codeDeploy(), ecs(), loadBalancing(), ecr());
    }

    /**
     * What AWS says about the chain from a push to production.
     *
     * @param senders opens one for a request, which is closed after it
     */
    public PreflightFacts preflightFacts(PreflightFacts.Installed installed, Supplier<Sender> senders) {
        return new PreflightFacts(new PreflightFacts.Asked(codeDeploy(), ecr(),
                prepared(EventBridgeClient.builder()).build(), stepFunctions(), prepared(SnsClient.builder()).build(),
                ecs(), prepared(IamClient.builder()).build()),
                installed, discovery(), alarms(), new DocumentSearch(documents()),
                new GateFiles(parameters(), installed.gatesSource()), senders);
    }

    /** What others may have changed at a service. */
    public LiveProductions productions() {
        return new LiveProductions(codeDeploy(), ecs(), loadBalancing());
    }

    /** A new client. */
    public SfnClient stepFunctions() {
        return prepared(SfnClient.builder()).build();
    }

    /** Callbacks to workflows. */
    public TaskTokens taskTokens() {
        return new TaskTokens(stepFunctions());
    }

    /** Announcements on a topic. */
    public SnsAnnouncements announcements(String topicArn) {
        return new SnsAnnouncements(prepared(SnsClient.builder()).build(), topicArn);
    }

    /** The ledger in a table. */
    public Ledger ledger(String table) {
        return new Ledger(new DynamoDbLedgerTable(prepared(DynamoDbClient.builder()).build(), table), writers);
    }

    /** A new client. */
    public S3Client s3() {
        return prepared(S3Client.builder()).build();
    }

    /** Files in Parameter Store alone, by their URI. */
    public Documents parameters() {
        return new Parameters(prepared(SsmClient.builder()).build());
    }

    /** What gates are judged by. */
    public GateFacts gateFacts() {
        return new GateFacts(codeDeploy(), ecs(), ecr(), alarms(), http);
    }

    /** Codes by which approvals are known. */
    public KmsSeal seal(String keyArn) {
        return new KmsSeal(prepared(KmsClient.builder()).build(), keyArn);
    }

    /** Validation files and access logs by their URI. */
    public AwsDocuments documents() {
        return new AwsDocuments(prepared(SsmClient.builder()).build(), s3(),
                prepared(AppConfigDataClient.builder()).build());
    }

    /**
     * Secrets that validation files refer to.
     *
     * @param paths that their names must begin with
     */
    public SsmSecrets secrets(List<String> paths) {
        return new SsmSecrets(prepared(SsmClient.builder()).build(), paths);
    }
}
