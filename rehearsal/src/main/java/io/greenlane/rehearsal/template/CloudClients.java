package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The services that stacks are created in.
 *
 * @param functions takes each function, and takes it again when its configuration is completed
 * @param roles takes the roles with their policies
 */
public record CloudClients(
        EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing, CodeDeployClient codeDeploy,
        EventBridgeClient events, SfnClient stepFunctions, DynamoDbClient dynamoDb, SnsClient sns, SqsClient sqs,
        CloudWatchLogsClient logs, CloudWatchClient cloudWatch, S3Client s3, SsmClient ssm,
        KmsClient kms, Consumer<FunctionDefinition> functions, Roles roles) {}
