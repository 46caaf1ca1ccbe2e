package io.greenlane.rehearsal.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.ApplicationAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.ApplicationInfo;
import software.amazon.awssdk.services.codedeploy.model.ApplicationNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.ArnNotSupportedException;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInUseException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupAlreadyExistsException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupNameRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.DescriptionTooLongException;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;
import software.amazon.awssdk.services.codedeploy.model.EcsServiceMappingLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRevisionResponse;
import software.amazon.awssdk.services.codedeploy.model.InvalidAlarmConfigException;
import software.amazon.awssdk.services.codedeploy.model.InvalidApplicationNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidArnException;
import software.amazon.awssdk.services.codedeploy.model.InvalidAutoRollbackConfigException;
import software.amazon.awssdk.services.codedeploy.model.InvalidBlueGreenDeploymentConfigurationException;
import software.amazon.awssdk.services.codedeploy.model.InvalidComputePlatformException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentConfigNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentGroupNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentIdException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStatusException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentStyleException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentWaitTypeException;
import software.amazon.awssdk.services.codedeploy.model.InvalidEcsServiceException;
import software.amazon.awssdk.services.codedeploy.model.InvalidLoadBalancerInfoException;
import software.amazon.awssdk.services.codedeploy.model.InvalidNextTokenException;
import software.amazon.awssdk.services.codedeploy.model.InvalidOperationException;
import software.amazon.awssdk.services.codedeploy.model.InvalidRevisionException;
import software.amazon.awssdk.services.codedeploy.model.InvalidRoleException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTargetFilterNameException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTargetGroupPairException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTimeRangeException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTrafficRoutingConfigurationException;
import software.amazon.awssdk.services.codedeploy.model.InvalidTriggerConfigException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListStateFilterAction;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.ResourceArnRequiredException;
import software.amazon.awssdk.services.codedeploy.model.RevisionDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.RevisionRequiredException;
import software.amazon.awssdk.services.codedeploy.model.RoleRequiredException;
import software.amazon.awssdk.services.codedeploy.model.Tag;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetLabel;
import software.amazon.awssdk.services.codedeploy.model.TargetStatus;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingType;
import software.amazon.awssdk.services.codedeploy.model.TriggerConfig;
import software.amazon.awssdk.services.codedeploy.model.TriggerEventType;

/** The API around deployments: what it keeps, what it refuses and with which error. */
class ApiTest {
    private final World world = new World();
    private final SimulatedCodeDeploy codeDeploy = world.codeDeploy;

    @Test
    void applications_are_created_renamed_and_deleted() {
        codeDeploy.createApplication(request -> request.applicationName("other").computePlatform(ComputePlatform.ECS));
        codeDeploy.updateApplication(request -> request.applicationName("other").newApplicationName("renamed"));

        assertThat(codeDeploy.listApplications(request -> {
        }).applications()).containsExactly("renamed", "shop");
        assertThat(codeDeploy.getApplication(request -> request.applicationName("shop")).application())
                .satisfies(found -> assertThat(found.computePlatform()).isEqualTo(ComputePlatform.ECS));
        codeDeploy.deleteApplication(request -> request.applicationName("renamed"));
        assertThat(codeDeploy.batchGetApplications(request -> request.applicationNames("renamed", "shop"))
                .applicationsInfo()).extracting(ApplicationInfo::applicationName).containsExactly("shop");

        refused(ApplicationDoesNotExistException.class,
                () -> codeDeploy.getApplication(request -> request.applicationName("renamed")));
        refused(ApplicationNameRequiredException.class, () -> codeDeploy.getApplication(request -> {
        }));
        refused(ApplicationAlreadyExistsException.class,
                () -> codeDeploy.createApplication(request -> request.applicationName("shop")));
        refused(InvalidComputePlatformException.class,
                () -> codeDeploy
                        .createApplication(request -> request.applicationName("x").computePlatform("Mainframe")));
        refused(InvalidApplicationNameException.class,
                () -> codeDeploy.createApplication(request -> request.applicationName("x".repeat(101))));
    }

    @Test
    void a_group_shows_the_defaults_that_clients_rely_on() {
        DeploymentGroupInfo group = group();

        assertThat(group.deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSAllAtOnce");
        assertThat(group.computePlatform()).isEqualTo(ComputePlatform.ECS);
        assertThat(group.blueGreenDeploymentConfiguration().deploymentReadyOption().waitTimeInMinutes()).isZero();
        assertThat(group.blueGreenDeploymentConfiguration().terminateBlueInstancesOnDeploymentSuccess()
                .terminationWaitTimeInMinutes()).isEqualTo(60);
        assertThat(group.targetRevision()).isNull();
        assertThat(codeDeploy.listDeploymentGroups(request -> request.applicationName("shop")).deploymentGroups())
                .containsExactly("shop-api");
    }

    @Test
    void an_update_changes_what_it_names_and_nothing_else() {
        codeDeploy.updateDeploymentGroup(
                request -> request.applicationName("shop").currentDeploymentGroupName("shop-api")
                        .newDeploymentGroupName("api")
                        .deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes"));

        DeploymentGroupInfo changed = codeDeploy
                .getDeploymentGroup(request -> request.applicationName("shop").deploymentGroupName("api"))
                .deploymentGroupInfo();
        assertThat(changed.deploymentConfigName()).isEqualTo("CodeDeployDefault.ECSCanary10Percent5Minutes");
        assertThat(changed.autoRollbackConfiguration().enabled()).isTrue();
        refused(DeploymentGroupDoesNotExistException.class, this::group);
        assertThat(codeDeploy
                .batchGetDeploymentGroups(
                        request -> request.applicationName("shop").deploymentGroupNames("api", "shop-api"))
                .errorMessage()).contains("shop-api");
        codeDeploy.deleteDeploymentGroup(request -> request.applicationName("shop").deploymentGroupName("api"));
        codeDeploy.deleteDeploymentGroup(request -> request.applicationName("shop").deploymentGroupName("api"));
    }

    @Test
    void a_group_that_does_not_fit_ecs_is_refused_by_the_error_of_its_fault() {
        Map<Class<? extends CodeDeployException>, UnaryOperator<CreateDeploymentGroupRequest.Builder>> faults = Map
                .ofEntries(Map.entry(DeploymentGroupAlreadyExistsException.class,
                        group -> group.deploymentGroupName("shop-api")),
                        Map.entry(DeploymentGroupNameRequiredException.class, group -> group.deploymentGroupName(null)),
                        Map.entry(InvalidDeploymentGroupNameException.class,
                                group -> group.deploymentGroupName("x".repeat(101))),
                        Map.entry(DeploymentConfigDoesNotExistException.class,
                                group -> group.deploymentConfigName("Mine")),
                        Map.entry(RoleRequiredException.class, group -> group.serviceRoleArn(null)),
                        Map.entry(InvalidRoleException.class, group -> group.serviceRoleArn("role")),
                        Map.entry(InvalidDeploymentStyleException.class,
                                group -> group.deploymentStyle(
                                        style -> style.deploymentType(DeploymentType.IN_PLACE))),
                        Map.entry(InvalidEcsServiceException.class,
                                group -> group.ecsServices(
                                        ECSService.builder().clusterName("main").serviceName("rolling").build())),
                        Map.entry(EcsServiceMappingLimitExceededException.class, group -> group),
                        Map.entry(InvalidLoadBalancerInfoException.class,
                                group -> group.loadBalancerInfo(LoadBalancerInfo.builder().build())),
                        Map.entry(InvalidTargetGroupPairException.class,
                                group -> group.loadBalancerInfo(info -> info
                                        .targetGroupPairInfoList(TargetGroupPairInfo.builder().build()))),
                        Map.entry(InvalidBlueGreenDeploymentConfigurationException.class,
                                group -> group.blueGreenDeploymentConfiguration(
                                        BlueGreenDeploymentConfiguration.builder().build())),
                        Map.entry(InvalidAutoRollbackConfigException.class,
                                group -> group.autoRollbackConfiguration(rollback -> rollback.enabled(true))),
                        Map.entry(InvalidAlarmConfigException.class,
                                group -> group.alarmConfiguration(alarms -> alarms.enabled(true))),
                        Map.entry(InvalidTriggerConfigException.class,
                                group -> group.triggerConfigurations(TriggerConfig.builder().build())));

        faults.forEach((error, fault) -> refused(error, () -> codeDeploy
                .createDeploymentGroup(fault.apply(World.groupRequest().deploymentGroupName("second")).build())));
    }

    @Test
    void there_are_five_predefined_configurations_and_own_ones_within_limits() {
        assertThat(codeDeploy.listDeploymentConfigs(request -> {
        }).deploymentConfigsList()).hasSize(5);
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName("Half")
                .computePlatform(ComputePlatform.ECS).trafficRoutingConfig(
                        routing -> routing.type(TrafficRoutingType.TIME_BASED_LINEAR)
                                .timeBasedLinear(linear -> linear.linearPercentage(50).linearInterval(2))));

        world.deploy(World.appSpec(2, "[]"), request -> request.deploymentConfigName("Half"));
        world.settle();
        assertThat(world.listeners.weights("prod")).isEqualTo("one=50 two=50");
        assertThat(codeDeploy.getDeploymentConfig(request -> request.deploymentConfigName("Half"))
                .deploymentConfigInfo().trafficRoutingConfig().timeBasedLinear().linearPercentage()).isEqualTo(50);

        refused(DeploymentConfigAlreadyExistsException.class, () -> canary("Half", 10, 5));
        refused(InvalidDeploymentConfigNameException.class, () -> canary("CodeDeployDefault.Mine", 10, 5));
        refused(InvalidTrafficRoutingConfigurationException.class, () -> canary("Long", 10, 2881));
        refused(InvalidTrafficRoutingConfigurationException.class, () -> canary("All", 100, 5));
        refused(InvalidOperationException.class, () -> codeDeploy.deleteDeploymentConfig(
                request -> request.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes")));
        refused(DeploymentConfigInUseException.class, () -> codeDeploy.deleteDeploymentConfig(
                request -> request.deploymentConfigName("CodeDeployDefault.ECSAllAtOnce")));
    }

    @Test
    void a_deployment_shows_the_hash_of_its_appspec_and_the_revision_shows_the_text() {
        String content = World.appSpec(2, "[]");
        codeDeploy.registerApplicationRevision(
                request -> request.applicationName("shop").revision(World.revision(content)).description("first"));
        Instant registered = world.timeline.now();
        world.advance(Duration.ofMinutes(1));
        String id = world.deploy(content);

        RevisionLocation shown = world.deployment(id).revision();
        GetApplicationRevisionResponse fetched = codeDeploy
                .getApplicationRevision(request -> request.applicationName("shop").revision(shown));

        assertThat(shown.appSpecContent().content()).isNull();
        assertThat(fetched.revision().appSpecContent().content()).isEqualTo(content);
        assertThat(fetched.revisionInfo().registerTime()).isEqualTo(registered);
        assertThat(fetched.revisionInfo().firstUsedTime()).isEqualTo(world.timeline.now());
        assertThat(fetched.revisionInfo().deploymentGroups()).containsExactly("shop-api");
        assertThat(codeDeploy.listApplicationRevisions(request -> request.applicationName("shop")
                .deployed(ListStateFilterAction.INCLUDE)).revisions()).containsExactly(shown);
        assertThat(codeDeploy.batchGetApplicationRevisions(
                request -> request.applicationName("shop").revisions(shown)).revisions()).hasSize(1);
    }

    @Test
    void a_known_revision_can_be_deployed_by_its_hash_alone() {
        String first = world.deploy(World.appSpec(2, "[]"));
        world.advance(Duration.ofHours(2));

        String again = codeDeploy.createDeployment(request -> request.applicationName("shop")
                .deploymentGroupName("shop-api").revision(world.deployment(first).revision())).deploymentId();
        world.settle();

        assertThat(world.deployment(again).instanceTerminationWaitTimeStarted()).isTrue();
        assertThat(world.deployment(again).previousRevision()).isEqualTo(world.deployment(first).revision());
    }

    @Test
    void a_wrong_hash_is_refused_unless_aws_does_not_look() {
        RevisionLocation wrong = RevisionLocation.builder().revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(appSpec -> appSpec.content(World.appSpec(2, "[]")).sha256("0".repeat(64))).build();

        refused(InvalidRevisionException.class,
                () -> world.deploy("", request -> request.revision(wrong)));
        World careless = new World(CodeDeployBehaviour.with(Deviation.SHA256_NOT_CHECKED), group -> group);
        assertThat(careless.deploy("", request -> request.revision(wrong))).startsWith("d-");
    }

    @Test
    void a_deployment_that_cannot_be_created_says_why() {
        refused(ApplicationDoesNotExistException.class,
                () -> world.deploy("{}", request -> request.applicationName("other")));
        refused(DeploymentGroupDoesNotExistException.class,
                () -> world.deploy("{}", request -> request.deploymentGroupName("other")));
        refused(DeploymentGroupNameRequiredException.class,
                () -> world.deploy("{}", request -> request.deploymentGroupName(null)));
        refused(DeploymentConfigDoesNotExistException.class,
                () -> world.deploy("{}", request -> request.deploymentConfigName("other")));
        refused(DescriptionTooLongException.class,
                () -> world.deploy("{}", request -> request.description("x".repeat(257))));
        refused(RevisionRequiredException.class,
                () -> world.deploy("{}", request -> request.revision((RevisionLocation) null)));
        refused(InvalidRevisionException.class,
                () -> world.deploy("{}", request -> request.revision(revision -> revision.revisionType("S3"))));
        refused(RevisionDoesNotExistException.class, () -> world.deploy("", request -> request));
        refused(InvalidAutoRollbackConfigException.class, () -> world.deploy("{}",
                request -> request.autoRollbackConfiguration(rollback -> rollback.enabled(true))));
        assertThat(codeDeploy.listDeployments(request -> {
        }).deployments()).isEmpty();
    }

    @Test
    void deployments_are_listed_newest_first_by_group_status_and_time() {
        String first = world.deploy(World.appSpec(2, "[]"));
        world.advance(Duration.ofHours(2));
        Instant between = world.timeline.now();
        world.advance(Duration.ofMinutes(1));
        String second = world.deploy(World.appSpec(3, "[]"));
        world.settle();

        assertThat(list(request -> request)).containsExactly(second, first);
        assertThat(list(request -> request.applicationName("shop").deploymentGroupName("shop-api")
                .includeOnlyStatuses(DeploymentStatus.CREATED, DeploymentStatus.QUEUED, DeploymentStatus.IN_PROGRESS,
                        DeploymentStatus.READY)))
                .containsExactly(second);
        assertThat(list(request -> request.createTimeRange(range -> range.end(between)))).containsExactly(first);
        assertThat(list(request -> request.createTimeRange(range -> range.start(between)))).containsExactly(second);
        assertThat(codeDeploy.batchGetDeployments(request -> request.deploymentIds(first, "d-ABCDEFGHI"))
                .deploymentsInfo()).extracting(DeploymentInfo::deploymentId).containsExactly(first);

        refused(DeploymentGroupNameRequiredException.class, () -> list(request -> request.applicationName("shop")));
        refused(ApplicationNameRequiredException.class, () -> list(request -> request.deploymentGroupName("shop-api")));
        refused(InvalidDeploymentStatusException.class,
                () -> list(request -> request.includeOnlyStatusesWithStrings("Done")));
        refused(InvalidTimeRangeException.class,
                () -> list(request -> request.createTimeRange(range -> range.start(between).end(Instant.EPOCH))));
        refused(InvalidNextTokenException.class, () -> list(request -> request.nextToken("x")));
    }

    @Test
    void a_deployment_has_one_target_once_it_has_started() {
        String id = world.deploy(World.appSpec(2, "[]"));
        refused(DeploymentNotStartedException.class,
                () -> codeDeploy.listDeploymentTargets(request -> request.deploymentId(id)));
        world.settle();

        assertThat(codeDeploy.listDeploymentTargets(request -> request.deploymentId(id)).targetIds())
                .containsExactly("main:shop");
        assertThat(codeDeploy.listDeploymentTargets(request -> request.deploymentId(id)
                .targetFiltersWithStrings(Map.of("TargetStatus", List.of("Failed")))).targetIds()).isEmpty();
        ECSTarget target = codeDeploy
                .batchGetDeploymentTargets(request -> request.deploymentId(id).targetIds("main:shop"))
                .deploymentTargets().get(0).ecsTarget();
        assertThat(target.targetArn()).isEqualTo("arn:aws:ecs:eu-west-1:111122223333:service/main/shop");
        assertThat(target.status()).isEqualTo(TargetStatus.IN_PROGRESS);
        assertThat(target.taskSetsInfo()).extracting(ECSTaskSet::taskSetLabel).containsExactly(TargetLabel.BLUE,
                TargetLabel.GREEN);
        assertThat(target.taskSetsInfo()).extracting(ECSTaskSet::trafficWeight).containsExactly(0.0, 100.0);
        assertThat(target.taskSetsInfo().get(1).targetGroup().name()).isEqualTo("two");
        assertThat(world.deployment(id).deploymentOverview().inProgress()).isEqualTo(1);

        refused(DeploymentTargetDoesNotExistException.class,
                () -> codeDeploy.getDeploymentTarget(request -> request.deploymentId(id).targetId("main:other")));
        refused(DeploymentTargetIdRequiredException.class,
                () -> codeDeploy.getDeploymentTarget(request -> request.deploymentId(id)));
        refused(InvalidTargetFilterNameException.class,
                () -> codeDeploy.listDeploymentTargets(request -> request.deploymentId(id)
                        .targetFiltersWithStrings(Map.of("Colour", List.of("blue")))));
    }

    @Test
    void waits_and_stops_need_a_deployment_that_goes_on() {
        String id = world.deploy(World.appSpec(2, "[]"));

        refused(InvalidDeploymentWaitTypeException.class, () -> codeDeploy
                .continueDeployment(request -> request.deploymentId(id).deploymentWaitType("LUNCH")));
        refused(DeploymentIdRequiredException.class, () -> codeDeploy.stopDeployment(request -> {
        }));
        refused(InvalidDeploymentIdException.class,
                () -> codeDeploy.stopDeployment(request -> request.deploymentId("7")));
        refused(DeploymentDoesNotExistException.class,
                () -> codeDeploy.getDeployment(request -> request.deploymentId("d-ABCDEFGHI")));
    }

    @Test
    void applications_and_groups_have_tags() {
        String arn = "arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/shop-api";
        codeDeploy.tagResource(request -> request.resourceArn(arn).tags(Tag.builder().key("team").value("a").build(),
                Tag.builder().key("cost").value("7").build()));
        codeDeploy.untagResource(request -> request.resourceArn(arn).tagKeys("cost"));

        assertThat(codeDeploy.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .containsExactly(Tag.builder().key("team").value("a").build());
        refused(ResourceArnRequiredException.class, () -> codeDeploy.listTagsForResource(request -> {
        }));
        refused(InvalidArnException.class,
                () -> codeDeploy.listTagsForResource(request -> request.resourceArn("arn:aws:ecs:x")));
        refused(ArnNotSupportedException.class, () -> codeDeploy.listTagsForResource(request -> request
                .resourceArn("arn:aws:codedeploy:eu-west-1:111122223333:deploymentconfig:x")));
        refused(ApplicationDoesNotExistException.class, () -> codeDeploy.listTagsForResource(request -> request
                .resourceArn("arn:aws:codedeploy:eu-west-1:111122223333:application:x")));
    }

    @Test
    void triggers_send_the_documented_message() throws Exception {
        World triggered = new World(group -> group.triggerConfigurations(TriggerConfig.builder().triggerName("team")
                .triggerTargetArn("arn:aws:sns:eu-west-1:111122223333:team")
                .triggerEvents(TriggerEventType.DEPLOYMENT_START, TriggerEventType.DEPLOYMENT_FAILURE,
                        TriggerEventType.DEPLOYMENT_ROLLBACK)
                .build()));
        triggered.function("after-test", call -> call.report("Failed"));

        String id = triggered.deploy(World.appSpec(2, World.VALIDATION_HOOKS));
        triggered.settle();

        assertThat(triggered.published).hasSize(3);
        JsonNode failure = JsonMapper.builder().build().readTree(triggered.published.get(1).message());
        assertThat(failure.get("deploymentId").asText()).isEqualTo(id);
        assertThat(failure.get("status").asText()).isEqualTo("FAILED");
        assertThat(failure.get("createTime").asText()).isEqualTo("Thu Jan 01 00:00:00 UTC 2026");
        assertThat(failure.get("errorInformation").asText()).contains("\"ErrorCode\":\"HOOK_EXECUTION_FAILURE\"");
        assertThat(failure.get("rollbackInformation").asText()).contains("d-");
    }

    private void canary(String name, int percent, int minutes) {
        codeDeploy.createDeploymentConfig(request -> request.deploymentConfigName(name)
                .computePlatform(ComputePlatform.ECS)
                .trafficRoutingConfig(routing -> routing.type(TrafficRoutingType.TIME_BASED_CANARY)
                        .timeBasedCanary(canary -> canary.canaryPercentage(percent).canaryInterval(minutes))));
    }

    private List<String> list(UnaryOperator<ListDeploymentsRequest.Builder> request) {
        return codeDeploy.listDeployments(request.apply(ListDeploymentsRequest.builder()).build()).deployments();
    }

    private DeploymentGroupInfo group() {
        return codeDeploy.getDeploymentGroup(
                request -> request.applicationName("shop").deploymentGroupName("shop-api")).deploymentGroupInfo();
    }

    private static void refused(Class<? extends CodeDeployException> error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(error).message().isNotBlank();
    }
}
