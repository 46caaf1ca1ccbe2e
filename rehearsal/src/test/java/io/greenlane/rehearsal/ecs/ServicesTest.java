package io.greenlane.rehearsal.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.ecs.InMemoryTaskRunner.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceNotFoundException;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.TaskSetNotFoundException;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

@SuppressWarnings("unchecked") // the SDK's varargs of consumers
class ServicesTest {
    private final Website website = new Website(DescribeNoise.AS_AWS);

    @Test
    void a_code_deploy_service_gets_its_primary_task_set_at_creation_and_settles() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 2);
        Service fresh = website.service();
        assertThat(fresh.deployments()).isEmpty();
        assertThat(fresh.taskSets()).singleElement().satisfies(set -> {
            assertThat(set.status()).isEqualTo("PRIMARY");
            assertThat(set.stabilityStatus()).isEqualTo(StabilityStatus.STABILIZING);
            assertThat(set.computedDesiredCount()).isEqualTo(2);
            assertThat(set.id()).matches("ecs-svc/[0-9]{19}");
        });

        website.timeline.advance(Duration.ofMinutes(1));

        assertThat(website.service().runningCount()).isEqualTo(2);
        assertThat(website.service().taskSets().getFirst().stabilityStatus()).isEqualTo(StabilityStatus.STEADY_STATE);
        assertThat(website.eventNames()).containsExactly("TASKSET_STEADY_STATE", "SERVICE_STEADY_STATE");
        assertThat(website.service().events().getFirst().message()).isEqualTo(
                "(service website) has reached a steady state.");
    }

    @Test
    void blue_and_green_change_places_and_blue_goes() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 2);
        website.timeline.advance(Duration.ofMinutes(1));
        String blueSet = website.service().taskSets().getFirst().taskSetArn();
        String second = website.register("v2");
        TaskSet green = website.createGreen(second).taskSet();
        List<String> heard = new ArrayList<>();
        website.ecs.taskSetWatch().whenSteady(green.taskSetArn(), () -> heard.add("steady"));
        assertThat(green.startedBy()).isEqualTo("CODE_DEPLOY");
        assertThat(green.externalId()).isEqualTo("d-ABCDEFGHI");
        assertThat(green.status()).isEqualTo("ACTIVE");

        website.timeline.advance(Duration.ofMinutes(1));
        assertThat(heard).containsExactly("steady");
        website.ecs.updateServicePrimaryTaskSet(b -> b.cluster("web").service("website").primaryTaskSet(green
                .taskSetArn()));
        assertThat(website.service().taskDefinition()).isEqualTo(second);
        assertThat(website.service().loadBalancers().getFirst().targetGroupArn()).isEqualTo(website.green);
        assertThat(website.taskSet(blueSet).status()).isEqualTo("ACTIVE");

        website.ecs.taskSetWatch().whenGone(blueSet, () -> heard.add("gone"));
        TaskSet draining = website.ecs.deleteTaskSet(b -> b.cluster("web").service("website").taskSet(blueSet).force(
                true)).taskSet();
        assertThat(draining.status()).isEqualTo("DRAINING");
        website.timeline.advance(Duration.ofSeconds(299));
        assertThat(heard).containsExactly("steady");
        website.timeline.advance(Duration.ofSeconds(2));
        assertThat(heard).containsExactly("steady", "gone");
        assertThat(website.service().taskSets()).singleElement().extracting(TaskSet::taskSetArn).isEqualTo(green
                .taskSetArn());
        assertThat(stoppedTasks()).allSatisfy(task -> assertThat(task.stoppedReason()).startsWith(
                "Scaling activity initiated by (deployment ecs-svc/"));
    }

    @Test
    void a_primary_task_set_cannot_be_deleted_nor_a_scaled_one_without_force() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 1);
        String primary = website.service().taskSets().getFirst().taskSetArn();
        String green = website.createGreen(website.register("v2")).taskSet().taskSetArn();

        assertThatThrownBy(() -> website.ecs.deleteTaskSet(b -> b.cluster("web").service("website").taskSet(primary)
                .force(true))).isInstanceOf(InvalidParameterException.class).hasMessageContaining("primary");
        assertThatThrownBy(() -> website.ecs.deleteTaskSet(b -> b.cluster("web").service("website").taskSet(green)))
                .isInstanceOf(InvalidParameterException.class).hasMessageContaining("force");
        assertThatThrownBy(() -> website.ecs.deleteTaskSet(b -> b.cluster("web").service("website").taskSet("none")))
                .isInstanceOf(TaskSetNotFoundException.class);
    }

    @Test
    void the_sixth_task_set_is_refused() {
        String definition = website.register("v1");
        website.create(DeploymentControllerType.CODE_DEPLOY, definition, 1);
        for (int i = 0; i < 4; i++) {
            website.createGreen(definition);
        }

        assertThatThrownBy(() -> website.createGreen(definition)).isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(
                        "5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.");
    }

    @Test
    void counts_follow_desired_count_and_scale_rounded_up() {
        website.create(DeploymentControllerType.EXTERNAL, website.register("v1"), 3);
        TaskSet set = website.createGreen(website.register("v2")).taskSet();
        website.ecs.updateTaskSet(b -> b.cluster("web").service("website").taskSet(set.id()).scale(s -> s.value(50.0)));
        website.timeline.advance(Duration.ofMinutes(6));
        assertThat(website.taskSet(set.taskSetArn()).computedDesiredCount()).isEqualTo(2);
        assertThat(website.taskSet(set.taskSetArn()).runningCount()).isEqualTo(2);

        website.ecs.updateService(b -> b.cluster("web").service("website").desiredCount(7));
        website.timeline.advance(Duration.ofMinutes(6));
        assertThat(website.taskSet(set.taskSetArn()).runningCount()).isEqualTo(4);
        assertThat(website.eventNames()).contains("SERVICE_DESIRED_COUNT_UPDATED");
    }

    @Test
    void update_service_refuses_what_code_deploy_owns() {
        String definition = website.register("v1");
        website.create(DeploymentControllerType.CODE_DEPLOY, definition, 1);

        assertThatThrownBy(() -> website.ecs.updateService(b -> b.cluster("web").service("website").taskDefinition(
                definition))).isInstanceOf(InvalidParameterException.class).hasMessageContaining(
                        "Unable to update task definition on services with a CODE_DEPLOY deployment controller. "
                                + "Use AWS CodeDeploy to trigger a new deployment.");
        assertThatThrownBy(() -> website.ecs.updateService(b -> b.cluster("web").service("website")
                .forceNewDeployment(true))).isInstanceOf(InvalidParameterException.class);
        website.ecs.updateService(b -> b.cluster("web").service("website").healthCheckGracePeriodSeconds(30));
        assertThat(website.service().healthCheckGracePeriodSeconds()).isEqualTo(30);
    }

    @Test
    void a_service_of_the_ecs_controller_rolls_and_is_stable_again() {
        website.create(DeploymentControllerType.ECS, website.register("v1"), 2);
        website.timeline.advance(Duration.ofMinutes(1));
        website.ecs.updateService(b -> b.cluster("web").service("website").taskDefinition(website.register("v2")));
        assertThat(website.service().deployments()).hasSize(2);

        website.timeline.advance(Duration.ofMinutes(7));

        assertThat(website.service().deployments()).singleElement().satisfies(deployment -> assertThat(deployment
                .taskDefinition()).endsWith("website:2"));
        assertThat(website.service().taskSets()).isEmpty();
        assertThat(website.service().runningCount()).isEqualTo(2);
        assertThat(website.eventNames()).contains("SERVICE_DEPLOYMENT_IN_PROGRESS", "SERVICE_DEPLOYMENT_COMPLETED");
    }

    @Test
    void missing_things_are_answered_as_ecs_answers_them() {
        assertThat(website.ecs.describeServices(b -> b.cluster("web").services("gone")).failures()).singleElement()
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo("MISSING");
                    assertThat(failure.arn()).isEqualTo("arn:aws:ecs:us-east-1:123456789012:service/web/gone");
                });
        assertThatThrownBy(() -> website.ecs.describeServices(b -> b.cluster("none").services("gone"))).isInstanceOf(
                ClusterNotFoundException.class).hasMessageContaining("Cluster not found.");
        assertThatThrownBy(() -> website.ecs.updateService(b -> b.cluster("web").service("gone"))).isInstanceOf(
                ServiceNotFoundException.class);
        assertThat(website.ecs.describeTasks(b -> b.cluster("web").tasks("0".repeat(32))).failures().getFirst()
                .reason()).isEqualTo("MISSING");
        assertThat(website.ecs.describeClusters(b -> b.clusters("none")).failures().getFirst().reason()).isEqualTo(
                "MISSING");
    }

    @Test
    void a_service_must_fit_its_task_definition_and_load_balancer() {
        String definition = website.register("v1");
        String lonely = website.group("lonely");

        assertThatThrownBy(() -> website.ecs.createService(b -> b.cluster("web").serviceName("s").taskDefinition(
                definition).deploymentController(c -> c.type(DeploymentControllerType.CODE_DEPLOY))
                .networkConfiguration(Website.network()))).hasMessageContaining("exactly one load balancer");
        assertThatThrownBy(() -> website.ecs.createService(b -> b.cluster("web").serviceName("s").taskDefinition(
                definition).loadBalancers(Website.balancer(website.blue)))).hasMessageContaining(
                        "Network Configuration must be provided");
        assertThatThrownBy(() -> website.ecs.createService(b -> b.cluster("web").serviceName("s").taskDefinition(
                definition).networkConfiguration(Website.network()).loadBalancers(Website.balancer(lonely))))
                .hasMessageContaining("does not have an associated load balancer");
        assertThatThrownBy(() -> website.ecs.createService(b -> b.cluster("web").serviceName("s").taskDefinition(
                definition).networkConfiguration(Website.network()).loadBalancers(
                        l -> l.targetGroupArn(website.blue)
                                .containerName("website").containerPort(81))))
                .hasMessageContaining("container port 81");
    }

    @Test
    void a_crash_on_start_is_told_and_restarts_back_off() {
        website.images.put("broken", new Behaviour.Crashes(Duration.ofMillis(200), 1));
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("broken"), 1);
        website.timeline.advance(Duration.ofSeconds(5));

        assertThat(stoppedTasks()).singleElement().satisfies(task -> {
            assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
            assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
            assertThat(task.containers().getFirst().exitCode()).isEqualTo(1);
        });
        website.timeline.advance(Duration.ofMinutes(10));
        assertThat(stoppedTasks()).hasSizeBetween(5, 8);
        assertThat(website.eventNames()).contains("SERVICE_TASK_START_IMPAIRED").doesNotContain(
                "TASKSET_STEADY_STATE");
    }

    @Test
    void a_missing_image_cannot_be_pulled() {
        website.images.put("missing", new Behaviour.Missing());
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("missing"), 1);
        website.timeline.advance(Duration.ofSeconds(1));

        assertThat(stoppedTasks()).singleElement().satisfies(task -> {
            assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
            assertThat(task.stoppedReason()).startsWith("CannotPullContainerError");
        });
    }

    @Test
    void a_task_whose_target_stays_unhealthy_is_replaced_after_the_grace_period() {
        website.images.put("sick", new Behaviour.Serves(Duration.ZERO, 500));
        String definition = website.register("sick");
        website.ecs.createService(b -> b.cluster("web").serviceName("website").taskDefinition(definition)
                .desiredCount(1)
                .healthCheckGracePeriodSeconds(60).loadBalancers(Website.balancer(website.blue)).networkConfiguration(
                        Website.network()));
        website.timeline.advance(Duration.ofSeconds(59));
        assertThat(stoppedTasks()).isEmpty();

        website.timeline.advance(Duration.ofSeconds(2));
        assertThat(website.service().events()).anyMatch(event -> event.message().contains("has started 1 tasks"));
        website.timeline.advance(Duration.ofMinutes(5));
        assertThat(stoppedTasks()).isNotEmpty().allSatisfy(task -> {
            assertThat(task.stoppedReason()).startsWith("Task failed ELB health checks in (target-group arn:");
            assertThat(task.stopCode()).isEqualTo(TaskStopCode.SERVICE_SCHEDULER_INITIATED);
        });
    }

    @Test
    void a_task_stopped_by_hand_is_replaced() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 1);
        website.timeline.advance(Duration.ofMinutes(1));
        String task = website.ecs.listTasks(b -> b.cluster("web").serviceName("website")).taskArns().getFirst();
        website.ecs.stopTask(b -> b.cluster("web").task(task).reason("maintenance"));
        website.timeline.advance(Duration.ofMinutes(6));

        assertThat(stoppedTasks()).singleElement().satisfies(stopped -> assertThat(stopped.stoppedReason()).isEqualTo(
                "maintenance"));
        assertThat(website.service().runningCount()).isEqualTo(1);
        assertThat(website.announced).filteredOn(event -> event.detailType().equals("ECS Task State Change")
                && event.resources().contains(task)).extracting(event -> event.detail().get("lastStatus"))
                .containsExactly("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING",
                        "STOPPED");
    }

    @Test
    void a_deleted_service_drains_and_becomes_inactive() {
        website.create(DeploymentControllerType.CODE_DEPLOY, website.register("v1"), 1);
        website.timeline.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> website.ecs.deleteService(b -> b.cluster("web").service("website")))
                .hasMessageContaining("scaled above 0");
        website.ecs.deleteService(b -> b.cluster("web").service("website").force(true));
        assertThat(website.service().status()).isEqualTo("DRAINING");

        website.timeline.advance(Duration.ofMinutes(6));
        assertThat(website.service().status()).isEqualTo("INACTIVE");
        assertThat(website.ecs.listServices(b -> b.cluster("web")).serviceArns()).isEmpty();
    }

    private List<Task> stoppedTasks() {
        List<String> arns = website.ecs.listTasks(b -> b.cluster("web").desiredStatus(DesiredStatus.STOPPED))
                .taskArns();
        return arns.isEmpty()
                ? List.of()
                : website.ecs.describeTasks(b -> b.cluster("web").tasks(arns)).tasks().stream().filter(task -> task
                        .lastStatus().equals("STOPPED")).toList();
    }
}
