package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;

/**
 * Runs tasks whose execution role may pull their images and make their log streams; what it may not ends them as on Fargate
 * (ECS guide, task execution role and stopped task errors).
 *
 * @param authority says what an execution role may do
 */
public record AuthorizedTaskRunner(
        TaskRunner runner, Account account, Authority authority, Timeline timeline) implements TaskRunner {
    @Override
    public Running start(Launch launch, Progress progress) {
        if (launch.executionRole() == null) {
            return runner.start(launch, progress);
        }
        String task = launch.taskArn().substring(launch.taskArn().lastIndexOf('/') + 1);
        Principal role = new Principal.Session(launch.executionRole(), task,
                new Principal.Assumption("ecs-tasks.amazonaws.com", launch.taskArn()));
        for (ContainerLaunch container : launch.containers()) {
            Optional<String> reason = refusal(role, task, container);
            if (reason.isPresent()) {
                timeline.after(Duration.ZERO, () -> progress.failed(container.name(), reason.get()));
                return () -> {
                };
            }
        }
        return runner.start(new Launch(launch.taskArn(), launch.family(), launch.executionRole(), launch.containers()
                .stream().map(container -> mayWrite(role, task, container) ? container : silent(container)).toList()),
                progress);
    }

    /** Why the container cannot be started, as ECS words it. */
    private Optional<String> refusal(Principal role, String task, ContainerLaunch container) {
        String image = container.image();
        if (image.startsWith(account.registryHost() + "/")) {
            Optional<String> pull = refused(role, AwsService.ECR, GetAuthorizationTokenRequest.builder().build())
                    .map(denied -> denied.request().action().equals("sts:AssumeRole")
                            ? "ECS was unable to assume the role '" + denied.request().resource()
                                    + "' that was provided for this task: " + denied.sentence()
                            : "ResourceInitializationError: unable to pull secrets or registry auth: "
                                    + "AccessDeniedException: " + denied.sentence())
                    .or(() -> pull(image).flatMap(call -> refused(role, AwsService.ECR, call).stream()).findFirst()
                            .map(denied -> "CannotPullContainerError: failed to resolve ref " + image + ": denied: "
                                    + denied.sentence()));
            if (pull.isPresent()) {
                return pull;
            }
        }
        return logGroup(container).flatMap(group -> refused(role, AwsService.LOGS, CreateLogStreamRequest.builder()
                .logGroupName(group).logStreamName(task).build()))
                .map(denied -> "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch"
                        + " log stream: AccessDeniedException: " + denied.sentence());
    }

    private Stream<SdkRequest> pull(String image) {
        String name = image.substring(account.registryHost().length() + 1);
        String repository = name.replaceFirst("[:@].*", "");
        return Stream.of(BatchGetImageRequest.builder().repositoryName(repository).build(),
                BatchCheckLayerAvailabilityRequest.builder().repositoryName(repository).build(),
                GetDownloadUrlForLayerRequest.builder().repositoryName(repository).build());
    }

    private boolean mayWrite(Principal role, String task, ContainerLaunch container) {
        return logGroup(container).flatMap(group -> refused(role, AwsService.LOGS,
                PutLogEventsRequest.builder().logGroupName(group).logStreamName(task).build())).isEmpty();
    }

    private static ContainerLaunch silent(ContainerLaunch container) {
        return new ContainerLaunch(container.name(), container.image(), container.entryPoint(), container.command(),
                container.environment(), container.workingDirectory(), container.ports(), container.stopTimeout(),
                container.healthCheck(), Map.of());
    }

    private static Optional<String> logGroup(ContainerLaunch container) {
        return Optional.ofNullable(container.logOptions().get("awslogs-group"));
    }

    private Optional<Decision> refused(Principal role, AwsService service, SdkRequest request) {
        return authority.refusal(role, Map.of(), service, request);
    }
}
