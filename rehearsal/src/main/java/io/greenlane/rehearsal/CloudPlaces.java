package io.greenlane.rehearsal;

import io.greenlane.rehearsal.appconfig.SimulatedAppConfigData;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.dynamodb.SimulatedDynamoDb;
import io.greenlane.rehearsal.iam.Places;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The services of one local cloud, asked which resource a call is about.
 *
 * @param services made after those that are asked for permissions
 */
public record CloudPlaces(Account account, Supplier<Services> services) implements Places {
    private static final String KEY_ATTRIBUTE = "KmsMasterKeyId";

    /** Those that are asked. */
    public record Services(CodeDeployClient codeDeploy, EcsClient ecs, S3Client s3, SimulatedDynamoDb dynamoDb,
            SnsClient sns, SqsClient sqs, SimulatedAppConfigData configurations) {}

    @Override
    public Optional<String> deploymentGroup(String deploymentId) {
        try {
            DeploymentInfo found = services.get().codeDeploy().getDeployment(get -> get.deploymentId(deploymentId))
                    .deploymentInfo();
            return Optional.of(account.arn("codedeploy",
                    "deploymentgroup:" + found.applicationName() + "/" + found.deploymentGroupName()));
        } catch (CodeDeployException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> deploymentConfig(String application, String group) {
        try {
            return Optional.ofNullable(
                    services.get().codeDeploy()
                            .getDeploymentGroup(get -> get.applicationName(application).deploymentGroupName(group))
                            .deploymentGroupInfo().deploymentConfigName());
        } catch (CodeDeployException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> configuration(String token) {
        return services.get().configurations().configuration(token).map(found -> account.arn("appconfig", found));
    }

    @Override
    public Optional<String> configuration(String application, String environment, String profile) {
        return services.get().configurations().configuration(application, environment, profile)
                .map(found -> account.arn("appconfig", found));
    }

    @Override
    public boolean hasObject(String bucket, String key) {
        try {
            services.get().s3().headObject(head -> head.bucket(bucket).key(key));
            return true;
        } catch (S3Exception missing) {
            return false;
        }
    }

    @Override
    public Optional<String> key(String resource) {
        try {
            return keyGiven(resource).filter(key -> key.startsWith("arn:"));
        } catch (AwsServiceException missing) {
            return Optional.empty();
        }
    }

    /** Keys of AWS are named by aliases. */
    private Optional<String> keyGiven(String resource) {
        String[] parts = resource.split(":", 6);
        return switch (parts[2]) {
            case "dynamodb" -> services.get().dynamoDb().key(resource);
            case "sns" -> Optional.ofNullable(services.get().sns().getTopicAttributes(get -> get.topicArn(resource))
                    .attributes().get(KEY_ATTRIBUTE));
            case "sqs" -> Optional.ofNullable(services.get().sqs()
                    .getQueueAttributes(get -> get.queueUrl(urlOf(parts[5])).attributeNames(QueueAttributeName.ALL))
                    .attributesAsStrings().get(KEY_ATTRIBUTE));
            case "s3" -> keyOfBucket(parts[5]);
            default -> Optional.empty();
        };
    }

    private String urlOf(String queue) {
        return services.get().sqs().getQueueUrl(get -> get.queueName(queue)).queueUrl();
    }

    /** An object has the key of its bucket. */
    private Optional<String> keyOfBucket(String place) {
        int slash = place.indexOf('/');
        if (slash >= 0 && !hasObject(place.substring(0, slash), place.substring(slash + 1))) {
            return Optional.empty();
        }
        String bucket = slash < 0 ? place : place.substring(0, slash);
        return services.get().s3().getBucketEncryption(get -> get.bucket(bucket)).serverSideEncryptionConfiguration()
                .rules().stream().map(rule -> rule.applyServerSideEncryptionByDefault().kmsMasterKeyID())
                .filter(Objects::nonNull).findFirst();
    }

    @Override
    public List<String> rolesOfTasks(String taskDefinition) {
        try {
            TaskDefinition found = services.get().ecs()
                    .describeTaskDefinition(describe -> describe.taskDefinition(taskDefinition))
                    .taskDefinition();
            return Stream.of(found.taskRoleArn(), found.executionRoleArn())
                    .filter(role -> role != null && !role.isEmpty()).distinct().toList();
        } catch (EcsException unknown) {
            return List.of();
        }
    }
}
