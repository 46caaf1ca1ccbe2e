package io.greenlane.rehearsal.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.ecr.ImageStore;
import io.greenlane.rehearsal.loadbalancing.RequestHead;
import io.greenlane.rehearsal.template.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** One service that runs the sample image: what is deployed to it, and what its visitors meet. */
public final class Website {
    private static final int DRAWS = 30;
    private static final RequestHead VISIT = new RequestHead("GET", "localhost", "/", "", Map.of());

    private final VirtualCloud cloud;
    private final Stack stack;
    private final int production;
    private final int test;

    /**
     * The service of a stack.
     *
     * @param stack of infrastructure/sample-website.yaml
     * @param production port of its listener for visitors
     * @param test port of its listener for hooks
     */
    Website(VirtualCloud cloud, Stack stack, int production, int test) {
        this.cloud = cloud;
        this.stack = stack;
        this.production = production;
        this.test = test;
    }

    Stack stack() {
        return stack;
    }

    public int production() {
        return production;
    }

    public int test() {
        return test;
    }

    public String application() {
        return stack.output("ApplicationName");
    }

    public String group() {
        return stack.output("DeploymentGroupName");
    }

    /** As the ledger names it. */
    public String key() {
        return application() + "/" + group();
    }

    /** Whether a deployment is one to this service. */
    public boolean has(DeploymentInfo deployment) {
        return application().equals(deployment.applicationName()) && group().equals(deployment.deploymentGroupName());
    }

    /** Its deployments, oldest first. */
    public List<DeploymentInfo> deployments() {
        return cloud.codeDeploy.listDeployments(it -> it.applicationName(application()).deploymentGroupName(group()))
                .deployments().reversed().stream()
                .map(id -> cloud.codeDeploy.getDeployment(it -> it.deploymentId(id)).deploymentInfo()).toList();
    }

    static boolean isFinal(DeploymentInfo deployment) {
        return Set.of(DeploymentStatus.SUCCEEDED, DeploymentStatus.FAILED, DeploymentStatus.STOPPED)
                .contains(deployment.status());
    }

    /** Registers the running revision with other containers, as an operator does. */
    String register(UnaryOperator<List<ContainerDefinition>> change) {
        TaskDefinition running = cloud.ecs.describeTaskDefinition(
                it -> it.taskDefinition(service().taskSets().getFirst().taskDefinition())).taskDefinition();
        return cloud.ecs.registerTaskDefinition(it -> it.family(running.family()).cpu(running.cpu())
                .memory(running.memory()).networkMode(running.networkMode())
                .requiresCompatibilities(running.requiresCompatibilities())
                .executionRoleArn(running.executionRoleArn())
                .containerDefinitions(change.apply(running.containerDefinitions()))).taskDefinition()
                .taskDefinitionArn();
    }

    /** Registers the running revision with another image. */
    public String register(String digest) {
        return register(containers -> containers.stream().map(it -> it.name().equals("sample-website")
                ? it.toBuilder().image(it.image().replaceFirst("[:@][^/]*$", "@" + digest)).build()
                : it).toList());
    }

    /** Deploys a revision as an operator does, without hooks. */
    public String deployByHand(String taskDefinition) {
        String content = "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                + "\"Properties\":{\"TaskDefinition\":\"" + taskDefinition + "\",\"LoadBalancerInfo\":"
                + "{\"ContainerName\":\"sample-website\",\"ContainerPort\":80}}}}]}";
        return cloud.codeDeploy.createDeployment(it -> it.applicationName(application()).deploymentGroupName(group())
                .revision(revision -> revision.revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                        .appSpecContent(appSpec -> appSpec.content(content))))
                .deploymentId();
    }

    /** Sets the alarm that CodeDeploy watches for it. */
    void alarm(StateValue state, String reason) {
        String name = Objects.requireNonNull(stack.resources().get("ServerErrors")).physicalId();
        cloud.cloudWatch.setAlarmState(it -> it.alarmName(name).stateValue(state).stateReason(reason));
    }

    public Service service() {
        return cloud.ecs.describeServices(it -> it.cluster(stack.output("ClusterName")).services("sample-website"))
                .services().getFirst();
    }

    Listener listener(int port) {
        return cloud.loadBalancing.describeLoadBalancers().loadBalancers().stream().flatMap(
                balancer -> cloud.loadBalancing.describeListeners(
                        it -> it.loadBalancerArn(balancer.loadBalancerArn())).listeners().stream())
                .filter(listener -> listener.port() == port).findFirst().orElseThrow();
    }

    /** What a listener gives each target group. */
    public Map<String, Integer> weights(int port) {
        Map<String, Integer> weights = new HashMap<>();
        listener(port).defaultActions().forEach(action -> {
            if (action.forwardConfig() == null || action.forwardConfig().targetGroups().isEmpty()) {
                weights.put(action.targetGroupArn(), 1);
            } else {
                action.forwardConfig().targetGroups().forEach(one -> weights.put(one.targetGroupArn(),
                        weight(one)));
            }
        });
        return weights;
    }

    private static int weight(TargetGroupTuple group) {
        return group.weight() == null ? 1 : group.weight();
    }

    /** Digests that visitors of a port meet. */
    public Set<String> servedAt(int port) {
        Set<String> digests = new TreeSet<>();
        for (int draw = 0; draw < DRAWS; draw++) {
            digests.add(image(port).map(this::digestOf).orElse("nobody"));
        }
        return digests;
    }

    /** Digests behind the target groups that a listener gives a weight to; of task sets that are there to stay. */
    public Set<String> servable(int port) {
        Set<String> digests = new TreeSet<>();
        Map<String, Integer> weights = weights(port);
        service().taskSets().stream().filter(taskSet -> !taskSet.status().equals("DRAINING")).forEach(
                taskSet -> taskSet.loadBalancers().forEach(balancer -> {
                    if (weights.getOrDefault(balancer.targetGroupArn(), 0) > 0) {
                        digests.add(digestOf(imageOf(taskSet.taskDefinition())));
                    }
                }));
        return digests;
    }

    /** The image behind a port, as its task definition names it. */
    Optional<String> image(int port) {
        return cloud.loadBalancing.serverOf(port, VISIT)
                .flatMap(server -> cloud.tasks.imageAt(Integer.parseInt(server.substring(server.indexOf(':') + 1))));
    }

    String imageOf(String taskDefinition) {
        return cloud.ecs.describeTaskDefinition(it -> it.taskDefinition(taskDefinition)).taskDefinition()
                .containerDefinitions().stream().filter(it -> it.name().equals("sample-website")).findFirst()
                .orElseThrow().image();
    }

    /** The image that a deployment brings. */
    public String digestOf(DeploymentInfo deployment) {
        JsonNode appSpec = SampleSite.json(cloud.codeDeploy.getApplicationRevision(
                it -> it.applicationName(application()).revision(deployment.revision())).revision().appSpecContent()
                .content());
        return digestOf(imageOf(appSpec.at("/Resources/0/TargetService/Properties/TaskDefinition").asText()));
    }

    /** What a task definition names by tag or digest. */
    String digestOf(String image) {
        return digestOf(cloud, image);
    }

    static String digestOf(VirtualCloud cloud, String image) {
        int at = image.indexOf('@');
        String reference = at < 0 ? image.substring(image.lastIndexOf(':') + 1) : image.substring(at + 1);
        return cloud.ecr.manifest(SampleSite.REPOSITORY, reference).map(ImageStore.StoredManifest::digest)
                .orElse(reference);
    }
}
