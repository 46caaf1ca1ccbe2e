package io.greenlane.rehearsal.codedeploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentOption;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentType;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupPairInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** An application with a group for the service {@code shop}, in virtual time, and everything around it that can be seen. */
final class World {
    static final String GROUP_1 = "arn:tg/one";
    static final String GROUP_2 = "arn:tg/two";
    static final String EVERY_HOOK = """
            [{"BeforeInstall":"before-install"},{"AfterInstall":"after-install"},
             {"AfterAllowTestTraffic":"after-test"},{"BeforeAllowTraffic":"before-traffic"},
             {"AfterAllowTraffic":"after-traffic"}]""";
    static final String VALIDATION_HOOKS = """
            [{"AfterAllowTestTraffic":"after-test"},{"BeforeAllowTraffic":"before-traffic"}]""";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final VirtualTimeline timeline = new VirtualTimeline(START);
    final StubEcs ecs = new StubEcs(timeline);
    final StubLoadBalancing listeners = new StubLoadBalancing();
    final List<String> events = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<PublishRequest> published = new ArrayList<>();
    final List<String> journal = new ArrayList<>();
    final Map<String, StateValue> alarms = new HashMap<>();
    final SimulatedCodeDeploy codeDeploy;
    private final Map<String, Consumer<Call>> functions = new HashMap<>();

    World() {
        this(CodeDeployBehaviour.DEFAULT, group -> group);
    }

    World(UnaryOperator<CreateDeploymentGroupRequest.Builder> group) {
        this(CodeDeployBehaviour.DEFAULT, group);
    }

    World(CodeDeployBehaviour behaviour, UnaryOperator<CreateDeploymentGroupRequest.Builder> group) {
        Journal written = new Journal(timeline);
        written.follow(entry -> journal.add(entry.kind()));
        codeDeploy = new SimulatedCodeDeploy(timeline, written, new Random(7),
                new Neighbours(new Account("111122223333", "eu-west-1"), ecs, ecs, listeners, this::invoke,
                        alarmClient(), topicClient(),
                        (source, type, resources, detail) -> events
                                .add(detail.get("deploymentId") + " " + detail.get("state")),
                        Authority.UNLIMITED),
                behaviour);
        codeDeploy.createApplication(
                request -> request.applicationName("shop").computePlatform(ComputePlatform.ECS));
        codeDeploy.createDeploymentGroup(group.apply(groupRequest()).build());
        for (String function : List.of("before-install", "after-install", "after-test", "before-traffic",
                "after-traffic")) {
            functions.put(function, call -> call.report("Succeeded"));
        }
    }

    static CreateDeploymentGroupRequest.Builder groupRequest() {
        return CreateDeploymentGroupRequest.builder().applicationName("shop").deploymentGroupName("shop-api")
                .serviceRoleArn("arn:aws:iam::111122223333:role/ecsCodeDeployRole")
                .deploymentStyle(style -> style.deploymentType(DeploymentType.BLUE_GREEN)
                        .deploymentOption(DeploymentOption.WITH_TRAFFIC_CONTROL))
                .ecsServices(ECSService.builder().clusterName("main").serviceName("shop").build())
                .loadBalancerInfo(loadBalancer(true))
                .blueGreenDeploymentConfiguration(blueGreen -> blueGreen
                        .terminateBlueInstancesOnDeploymentSuccess(
                                blue -> blue.action(InstanceAction.TERMINATE).terminationWaitTimeInMinutes(60))
                        .deploymentReadyOption(
                                ready -> ready.actionOnTimeout(DeploymentReadyAction.CONTINUE_DEPLOYMENT)))
                .autoRollbackConfiguration(rollback -> rollback.enabled(true).events(
                        AutoRollbackEvent.DEPLOYMENT_FAILURE, AutoRollbackEvent.DEPLOYMENT_STOP_ON_ALARM,
                        AutoRollbackEvent.DEPLOYMENT_STOP_ON_REQUEST));
    }

    static LoadBalancerInfo loadBalancer(boolean withTestListener) {
        return LoadBalancerInfo.builder()
                .targetGroupPairInfoList(TargetGroupPairInfo.builder()
                        .targetGroups(TargetGroupInfo.builder().name("one").build(),
                                TargetGroupInfo.builder().name("two").build())
                        .prodTrafficRoute(route -> route.listenerArns("prod"))
                        .testTrafficRoute(withTestListener ? route("test") : null).build())
                .build();
    }

    private static TrafficRoute route(String listener) {
        return TrafficRoute.builder().listenerArns(listener).build();
    }

    static String appSpec(int revision, String hooks) {
        return """
                {"version":0.0,"Resources":[{"TargetService":{"Type":"AWS::ECS::Service","Properties":{
                 "TaskDefinition":"arn:web:%d","LoadBalancerInfo":{"ContainerName":"web","ContainerPort":80}}}}],
                 "Hooks":%s}""".formatted(revision, hooks);
    }

    static RevisionLocation revision(String content) {
        return RevisionLocation.builder().revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                .appSpecContent(appSpec -> appSpec.content(content)).build();
    }

    String deploy(String content) {
        return deploy(content, request -> request);
    }

    String deploy(String content, UnaryOperator<CreateDeploymentRequest.Builder> more) {
        return codeDeploy.createDeployment(more.apply(CreateDeploymentRequest.builder().applicationName("shop")
                .deploymentGroupName("shop-api").revision(revision(content))).build()).deploymentId();
    }

    /** What the function does when it is called; it reports Succeeded when nothing else is said. */
    void function(String name, Consumer<Call> does) {
        functions.put(name, does);
    }

    void removeFunction(String name) {
        functions.remove(name);
    }

    DeploymentInfo deployment(String id) {
        return codeDeploy.getDeployment(request -> request.deploymentId(id)).deploymentInfo();
    }

    ECSTarget target(String id) {
        return codeDeploy.getDeploymentTarget(request -> request.deploymentId(id).targetId("main:shop"))
                .deploymentTarget().ecsTarget();
    }

    /** For example {@code BeforeInstall Succeeded}. */
    List<String> lifecycle(String id) {
        return target(id).lifecycleEvents().stream()
                .map(event -> event.lifecycleEventName() + " " + event.statusAsString()).toList();
    }

    LifecycleEvent event(String id, String name) {
        return target(id).lifecycleEvents().stream().filter(event -> event.lifecycleEventName().equals(name))
                .findFirst().orElseThrow();
    }

    void advance(Duration time) {
        timeline.advance(time);
    }

    /** Lets everything happen that needs no time but green's thirty seconds. */
    void settle() {
        timeline.advance(Duration.ofMinutes(1));
    }

    private void invoke(String function, String payload, Consumer<FunctionInvoker.Answer> done) {
        calls.add(function);
        Consumer<Call> does = functions.get(function);
        if (does == null) {
            timeline.after(Duration.ZERO, () -> done.accept(new FunctionInvoker.Answer.Refused(
                    "ResourceNotFoundException", "Function not found: " + function)));
            return;
        }
        timeline.after(Duration.ZERO, () -> does.accept(new Call(payload, done)));
    }

    private CloudWatchClient alarmClient() {
        return new CloudWatchClient() {
            @Override
            public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
                return DescribeAlarmsResponse.builder()
                        .metricAlarms(request.alarmNames().stream().filter(alarms::containsKey)
                                .map(name -> MetricAlarm.builder().alarmName(name).stateValue(alarms.get(name)).build())
                                .toList())
                        .build();
            }

            @Override
            public String serviceName() {
                return "monitoring";
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
    }

    private SnsClient topicClient() {
        return new SnsClient() {
            @Override
            public PublishResponse publish(PublishRequest request) {
                published.add(request);
                return PublishResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "sns";
            }

            @Override
            public void close() {
                // Nothing to close.
            }
        };
    }

    /** One invocation of a hook function. */
    final class Call {
        private final String payload;
        private final Consumer<FunctionInvoker.Answer> done;

        Call(String payload, Consumer<FunctionInvoker.Answer> done) {
            this.payload = payload;
            this.done = done;
        }

        JsonNode payload() {
            try {
                return JSON.readTree(payload);
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        void report(String status) {
            codeDeploy.putLifecycleEventHookExecutionStatus(
                    request -> request.deploymentId(payload().get("DeploymentId").asText())
                            .lifecycleEventHookExecutionId(payload().get("LifecycleEventHookExecutionId").asText())
                            .status(status));
            done.accept(new FunctionInvoker.Answer.Returned("null"));
        }

        void returnSilently() {
            done.accept(new FunctionInvoker.Answer.Returned("{}"));
        }

        void crash() {
            done.accept(new FunctionInvoker.Answer.Failed("{\"errorType\":\"Runtime.ExitError\"}"));
        }
    }
}
