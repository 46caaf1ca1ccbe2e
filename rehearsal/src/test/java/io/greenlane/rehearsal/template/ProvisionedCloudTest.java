package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.cloudwatch.AlarmActions;
import io.greenlane.rehearsal.cloudwatch.SimulatedCloudWatch;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour;
import io.greenlane.rehearsal.codedeploy.Neighbours;
import io.greenlane.rehearsal.codedeploy.SimulatedCodeDeploy;
import io.greenlane.rehearsal.ecs.DescribeNoise;
import io.greenlane.rehearsal.ecs.InMemoryTaskRunner;
import io.greenlane.rehearsal.ecs.SimulatedEcs;
import io.greenlane.rehearsal.events.EventBus;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import io.greenlane.rehearsal.loadbalancing.ListenerSockets;
import io.greenlane.rehearsal.loadbalancing.SimulatedLoadBalancing;
import io.greenlane.rehearsal.logs.SimulatedLogs;
import io.greenlane.rehearsal.sns.SimulatedSns;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import io.greenlane.rehearsal.stepfunctions.ClosedToken;
import io.greenlane.rehearsal.stepfunctions.SimulatedStepFunctions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.ecs.model.Service;

/** The shipped templates, provisioned into the simulated services themselves. */
class ProvisionedCloudTest {
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");
    private static final EventBus QUIET = (source, detailType, resources, detail) -> {
    };
    private static final FunctionInvoker NO_FUNCTIONS = (function, payload, done) -> {
    };

    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:00:00Z"));
    private final Journal journal = new Journal(timeline);
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    private final InMemoryTaskRunner tasks = new InMemoryTaskRunner(timeline,
            image -> new InMemoryTaskRunner.Behaviour.Serves(Duration.ofSeconds(2), 200));
    private final SimulatedLoadBalancing loadBalancing = new SimulatedLoadBalancing(ACCOUNT, timeline, journal,
            tasks.healthProbe(), ListenerSockets.NONE, random);
    private final SimulatedEcs ecs = new SimulatedEcs(ACCOUNT, timeline, journal, QUIET, loadBalancing, loadBalancing,
            tasks, DescribeNoise.AS_AWS, random);
    private final SimulatedSqs sqs = new SimulatedSqs(ACCOUNT, timeline, random,
            () -> URI.create("http://127.0.0.1:1"));
    private final SimulatedSns sns = new SimulatedSns(ACCOUNT, timeline, journal, random, sqs, NO_FUNCTIONS);
    private final SimulatedCloudWatch cloudWatch = new SimulatedCloudWatch(ACCOUNT, timeline, journal,
            new AlarmActions(ACCOUNT, sns, Authority.UNLIMITED, journal), QUIET);
    private final SimulatedCodeDeploy codeDeploy = new SimulatedCodeDeploy(timeline, journal, random,
            new Neighbours(ACCOUNT, ecs, ecs.taskSetWatch(), loadBalancing, NO_FUNCTIONS, cloudWatch, sns, QUIET,
                    Authority.UNLIMITED),
            CodeDeployBehaviour.DEFAULT);
    private final SimulatedLogs logs = new SimulatedLogs(ACCOUNT, timeline);
    private final SimulatedStepFunctions stepFunctions = new SimulatedStepFunctions(ACCOUNT, timeline, random, journal,
            QUIET, NO_FUNCTIONS, (call, done) -> {
            }, ClosedToken.TASK_TIMED_OUT);
    private final RecordingCloud recording = new RecordingCloud();

    private Stack deploy(Map<String, String> parameters) {
        CloudClients others = recording.clients();
        return new StackDeployer(ACCOUNT,
                new CloudClients(ecs, loadBalancing, codeDeploy, others.events(), stepFunctions,
                        others.dynamoDb(), sns, sqs, logs, cloudWatch, others.s3(),
                        others.ssm(), others.kms(), others.functions(), others.roles()))
                .deploy("greenlane", ShippedTemplates.main(), parameters);
    }

    @Test
    void the_sample_website_comes_up_behind_both_listeners() {
        Stack stack = deploy(ShippedTemplates.SAMPLE_WEBSITE);

        String cluster = stack.stack("Sample").output("ClusterName");
        timeline.runUntil(() -> service(cluster).runningCount() == 1, Duration.ofMinutes(5));
        assertThat(service(cluster).taskSets()).singleElement()
                .satisfies(blue -> assertThat(blue.status()).isEqualTo("PRIMARY"));
        DeploymentGroupInfo group = codeDeploy
                .getDeploymentGroup(get -> get.applicationName(stack.output("CodeDeployApplicationName"))
                        .deploymentGroupName(stack.output("DeploymentGroupName")))
                .deploymentGroupInfo();
        assertThat(group.ecsServices().getFirst().clusterName()).isEqualTo(cluster);
        assertThat(loadBalancing.describeListeners(get -> get.loadBalancerArn(loadBalancing
                .describeLoadBalancers(all -> all.names("greenlane-Sample-LoadBalancer")).loadBalancers().getFirst()
                .loadBalancerArn())).listeners()).hasSize(2);
    }

    @Test
    void an_existing_service_gets_the_workflow_and_nothing_of_its_own_is_touched() {
        Stack stack = deploy(ShippedTemplates.EXISTING_SERVICE);

        assertThat(stepFunctions.describeStateMachine(get -> get.stateMachineArn(stack.output("ReleaseArn"))).name())
                .isEqualTo("greenlane-Release");
        assertThat(ecs.listClusters(all -> all.maxResults(10)).clusterArns()).isEmpty();
        assertThat(codeDeploy.listApplications(all -> all.nextToken(null)).applications()).isEmpty();
    }

    private Service service(String cluster) {
        return ecs.describeServices(get -> get.cluster(cluster).services("sample-website")).services().getFirst();
    }
}
