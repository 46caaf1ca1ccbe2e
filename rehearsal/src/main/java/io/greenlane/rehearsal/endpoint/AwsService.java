package io.greenlane.rehearsal.endpoint;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.appconfig.AppConfigClient;
import software.amazon.awssdk.services.appconfigdata.AppConfigDataClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A service the endpoint can speak for: its SDK interface and how its requests look on the wire (AWS service models). */
public enum AwsService {
    ECS(EcsClient.class, "ecs", json("1.1", "AmazonEC2ContainerServiceV20141113"), "InvalidParameterException"), //
    ECR(EcrClient.class, "ecr", json("1.1", "AmazonEC2ContainerRegistry_V20150921"), "InvalidParameterException"), //
    CODEDEPLOY(CodeDeployClient.class, "codedeploy", json("1.1", "CodeDeploy_20141006"), null), //
    STEP_FUNCTIONS(SfnClient.class, "states", json("1.0", "AWSStepFunctions"), "ValidationException"), //
    EVENTBRIDGE(EventBridgeClient.class, "events", json("1.1", "AWSEvents"), "ValidationException"), //
    DYNAMODB(DynamoDbClient.class, "dynamodb", json("1.0", "DynamoDB_20120810"), "ValidationException"), //
    SSM(SsmClient.class, "ssm", json("1.1", "AmazonSSM"), "ValidationException"), //
    KMS(KmsClient.class, "kms", json("1.1", "TrentService"), "ValidationException"), //
    LOGS(CloudWatchLogsClient.class, "logs", json("1.1", "Logs_20140328"), "InvalidParameterException"), //
    SQS(SqsClient.class, "sqs", json("1.0", "AmazonSQS"), "MissingParameter"), //
    SNS(SnsClient.class, "sns", query("2010-03-31", "http://sns.amazonaws.com/doc/2010-03-31/"), "InvalidParameter"), //
    LOAD_BALANCING(ElasticLoadBalancingV2Client.class, "elasticloadbalancing",
            query("2015-12-01", "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"), "ValidationError"), //
    STS(StsClient.class, "sts", query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"), "ValidationError"), //
    IAM(IamClient.class, "iam", query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/"), "ValidationError"), //
    CLOUDWATCH(CloudWatchClient.class, "monitoring", new Wire("1.0", "GraniteServiceVersion20100801", "2010-08-01",
            "http://monitoring.amazonaws.com/doc/2010-08-01/"), "MissingParameter"), //
    LAMBDA(LambdaClient.class, "lambda", rest(), "ValidationException"), //
    APPCONFIG(AppConfigClient.class, "appconfig", rest(), "BadRequestException"), //
    APPCONFIG_DATA(AppConfigDataClient.class, "appconfig", rest(), "BadRequestException"), //
    S3(S3Client.class, "s3", rest(), "InvalidRequest");

    private final Class<? extends SdkClient> clientType;
    private final String signingName;
    private final String jsonVersion;
    private final @Nullable String targetPrefix;
    private final @Nullable String queryVersion;
    private final @Nullable String xmlNamespace;
    private final @Nullable String missingMemberCode;

    AwsService(Class<? extends SdkClient> clientType, String signingName, Wire wire,
            @Nullable String missingMemberCode) {
        this.clientType = clientType;
        this.signingName = signingName;
        this.jsonVersion = wire.jsonVersion();
        this.targetPrefix = wire.targetPrefix();
        this.queryVersion = wire.queryVersion();
        this.xmlNamespace = wire.xmlNamespace();
        this.missingMemberCode = missingMemberCode;
    }

    /** The service whose interface the client has. */
    public static AwsService of(SdkClient client) {
        for (AwsService service : values()) {
            if (service.clientType.isInstance(client)) {
                return service;
            }
        }
        throw new IllegalArgumentException("The endpoint has no service for " + client.getClass().getName());
    }

    /** The SDK's interface of the service. */
    public Class<? extends SdkClient> clientType() {
        return clientType;
    }

    /** The service in the scope of a signature, also in its ARNs: {@code states}, {@code elasticloadbalancing}. */
    public String signingName() {
        return signingName;
    }

    /** The service's package in the SDK, as Step Functions' SDK integrations name it too: {@code sfn}, {@code ecs}. */
    public String id() {
        String name = clientType.getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    Wire wire() {
        return new Wire(jsonVersion, targetPrefix, queryVersion, xmlNamespace);
    }

    /** Code of the error about a required member that is missing; null when the service has an error for each member. */
    @Nullable
    String missingMemberCode() {
        return missingMemberCode;
    }

    /** Whether the service once spoke the query protocol and still names its old error codes in a header. */
    boolean queryCompatible() {
        return this == SQS || this == CLOUDWATCH;
    }

    private static Wire json(String version, String targetPrefix) {
        return new Wire(version, targetPrefix, null, null);
    }

    private static Wire rest() {
        return new Wire("1.1", null, null, null);
    }

    private static Wire query(String version, String xmlNamespace) {
        return new Wire("1.1", null, version, xmlNamespace);
    }

    /**
     * What tells the service's requests apart.
     *
     * @param targetPrefix before the dot of X-Amz-Target; null when the service has no such header
     * @param queryVersion the Version of query requests; null when the service does not speak query
     */
    record Wire(String jsonVersion, @Nullable String targetPrefix, @Nullable String queryVersion,
            @Nullable String xmlNamespace) {}
}
