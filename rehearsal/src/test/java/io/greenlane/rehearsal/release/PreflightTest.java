package io.greenlane.rehearsal.release;

import static io.greenlane.rehearsal.release.SampleSite.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.events.EventSwitches;
import io.greenlane.rehearsal.iam.Roles.Role;
import io.greenlane.rehearsal.iam.WithoutGrant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.LoadBalancerInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoute;
import software.amazon.awssdk.services.codedeploy.model.UpdateDeploymentGroupRequest;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Each link of the chain is broken in the local cloud, and the preflight says which, and what helps. */
class PreflightTest {
    private static final WarmFunctions FUNCTIONS = new WarmFunctions();

    /**
     * A change to a site.
     *
     * @param link that notices
     * @param state what it is then
     * @param told what its sentence has
     * @param stopsReleases whether the first step of a release, which looks at the same, ends it with the same words
     */
    record Break(String link, String state, String told, boolean stopsReleases, Consumer<SampleSite> change) {
        @Override
        public String toString() {
            return link + " " + told;
        }
    }

    static Stream<Break> breaks() {
        return Stream.of(
                new Break("services", "BROKEN", "SERVICES: shop/web follows repository 'shop/other', and this stack "
                        + "releases what is pushed to 'sample-website' alone", false,
                        site -> site.reconfigure("Preflight", Map.of("SERVICES", "[{\"repository\":\"shop/other\","
                                + "\"application\":\"shop\",\"deploymentGroup\":\"web\"}]"))),
                new Break("services", "BROKEN", "SERVICES[0].application is missing. Every release fails until", false,
                        site -> site.reconfigure("Preflight",
                                Map.of("SERVICES",
                                        "[{\"repository\":\"sample-website\",\"deploymentGroup\":\"web\"}]"))),
                new Break("repository", "BROKEN", "ECR repository 'sample-website' does not exist. Create it", false,
                        site -> site.cloud.ecr
                                .deleteRepository(it -> it.repositoryName(SampleSite.REPOSITORY).force(true))),
                new Break("event rule", "BROKEN", "is DISABLED, so no push starts a release; aws events enable-rule",
                        false, site -> site.disableRule("ImagePushed")),
                new Break("event rule", "BROKEN", "does not lead to the workflow", false,
                        PreflightTest::removeTarget),
                new Break("event rule", "BROKEN", "does not exist, so no push starts a release", false, site -> {
                    removeTarget(site);
                    site.cloud.events.deleteRule(it -> it.name(site.resource("ImagePushed")));
                }),
                new Break("workflow", "BROKEN", "the state machine of releases", false,
                        site -> site.cloud.stepFunctions
                                .deleteStateMachine(it -> it.stateMachineArn(site.resource("Release")))),
                new Break("deployment group", "BROKEN", "has no deployment group '", false,
                        site -> site.cloud.codeDeploy.deleteDeploymentGroup(it -> it.applicationName(site.application())
                                .deploymentGroupName(site.group()))),
                new Break("deployment group", "BROKEN", "has no test listener", true,
                        site -> change(site, it -> it.loadBalancerInfo(withoutTestListener(site)))),
                new Break("ECS service", "BROKEN", "not ACTIVE", true, site -> site.cloud.ecs.deleteService(
                        it -> it.cluster(site.service().clusterArn()).service("sample-website").force(true))),
                new Break("listeners", "BROKEN", "Test listener ", true, site -> {
                    Listener listener = site.cloud.loadBalancing.describeListeners(it -> it.loadBalancerArn(
                            site.cloud.loadBalancing.describeLoadBalancers().loadBalancers().getFirst()
                                    .loadBalancerArn()))
                            .listeners().stream().filter(one -> one.port() == SampleSite.TEST).findFirst()
                            .orElseThrow();
                    site.cloud.loadBalancing.deleteListener(it -> it.listenerArn(listener.listenerArn()));
                }),
                new Break("image", "BROKEN", "No container of the running task definition", true, site -> {
                    String serving = site.primary().loadBalancers().getFirst().targetGroupArn();
                    site.cloud.loadBalancing.describeTargetGroups().targetGroups().stream()
                            .map(TargetGroup::targetGroupArn).filter(arn -> !arn.equals(serving))
                            .forEach(other -> site.forward(SampleSite.TEST, Map.of(other, 1)));
                    site.makePrimary(site.createTaskSet(site.register(containers -> containers.stream()
                            .map(container -> container.toBuilder().image("elsewhere/website:1").build()).toList())));
                }),
                new Break("gates file", "BROKEN", "gates.yaml cannot be used: ", false,
                        site -> site.gateBy("{ version: 1, freze: {} }")),
                new Break("gates file", "BROKEN", "the settings name ssm:/greenlane/nowhere, and it is not there",
                        false,
                        site -> site.reconfigure("Preflight", Map.of("GATES_SOURCE", "ssm:/greenlane/nowhere"))),
                new Break("gates file", "BROKEN", "asks for an approval, and this stack has no key", false,
                        site -> site.gateBy("{ version: 1, approval: {} }")),
                new Break("task roles", "BROKEN",
                        "which arn:aws:iam::111122223333:role/greenlane-RegisterTaskDefinitionRole "
                                + "may not pass on",
                        false, site -> takeAllFrom(site, "RegisterTaskDefinitionRole")),
                new Break("hooks", "BROKEN",
                        "may not call arn:aws:lambda:eu-west-1:111122223333:function:CodeDeployHook_",
                        false, site -> takeAllFrom(site, "CodeDeployRole")),
                new Break("alarms", "BROKEN", "and there is no such alarm; create it", false,
                        site -> site.cloud.cloudWatch
                                .deleteAlarms(it -> it.alarmNames("greenlane-Sample-ServerErrors"))),
                new Break("test listener", "BROKEN", "cannot be reached from where hooks look: no connection", false,
                        site -> site.close(SampleSite.TEST)),
                new Break("validation file", "BROKEN", "is named but not there", false,
                        site -> site.reconfigure("Preflight", Map.of("VALIDATION_SOURCE", "ssm:/greenlane/nowhere"))),
                new Break("subscribers", "BROKEN", "does not exist, so no release can announce its outcome", false,
                        site -> site.cloud.sns.deleteTopic(it -> it.topicArn(site.stack.output("OutcomesTopicArn")))),
                new Break("rollback", "WARNS", "stays where it is; enable automatic rollback", false,
                        site -> change(site, it -> it.autoRollbackConfiguration(rollback -> rollback.enabled(false)))),
                new Break("alarms", "WARNS", "no alarm stops a deployment", false,
                        site -> change(site, it -> it.alarmConfiguration(alarms -> alarms.enabled(false)))),
                new Break("alarms", "WARNS", "greenlane-Sample-ServerErrors is in ALARM", false,
                        site -> site.cloud.cloudWatch.setAlarmState(it -> it.alarmName("greenlane-Sample-ServerErrors")
                                .stateValue(StateValue.ALARM).stateReason("Many errors."))),
                new Break("subscribers", "WARNS", "nobody has confirmed a subscription", false,
                        site -> site.cloud.sns.listSubscriptions().subscriptions().stream()
                                .map(Subscription::subscriptionArn)
                                .forEach(arn -> site.cloud.sns.unsubscribe(it -> it.subscriptionArn(arn)))));
    }

    private static SampleSite site() {
        return new SampleSite(Map.of(), FUNCTIONS);
    }

    @Test
    void a_site_as_the_templates_make_it_is_ready_and_hears_what_it_could_have_besides() {
        SampleSite site = site();
        JsonNode answer = site.preflight();

        assertThat(answer.path("accepted").asBoolean()).as(answer.toString()).isTrue();
        assertThat(states(answer)).containsOnlyOnce("tags WARNS", "scans WARNS", "validation file WARNS")
                .filteredOn(state -> !state.endsWith(" HOLDS")).hasSize(3);
        assertThat(lines(answer)).first().asString().endsWith(" is ready for releases");
        assertThat(lines(answer)).contains("│  └─ ✔ workflow: it is active",
                "   └─ ✔ subscribers: 1 confirmed");
    }

    @Test
    void with_all_that_it_could_have_nothing_is_left_to_say() {
        SampleSite site = site();
        site.validateBy(OverlapTest.RULES);
        site.cloud.ecr.putImageTagMutability(it -> it.repositoryName(SampleSite.REPOSITORY)
                .imageTagMutability(ImageTagMutability.IMMUTABLE));
        site.cloud.ecr.putImageScanningConfiguration(it -> it.repositoryName(SampleSite.REPOSITORY)
                .imageScanningConfiguration(scans -> scans.scanOnPush(true)));

        assertThat(states(site.preflight())).isNotEmpty().allMatch(state -> state.endsWith(" HOLDS"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_link_that_is_broken_says_what_helps(Break broken) {
        SampleSite site = site();
        broken.change().accept(site);
        JsonNode answer = site.preflight();

        JsonNode link = links(answer).filter(one -> one.path("name").asText().equals(broken.link())).findFirst()
                .orElseThrow();
        assertThat(link.path("state").asText()).as(answer.toString()).isEqualTo(broken.state());
        assertThat(link.path("sentence").asText()).contains(broken.told());
        assertThat(answer.path("accepted").asBoolean()).isEqualTo(broken.state().equals("WARNS"));
        assertThat(states(answer).stream().filter(state -> state.endsWith(" BROKEN")).toList())
                .isEqualTo(broken.state().equals("WARNS") ? List.of() : List.of(broken.link() + " BROKEN"));
        if (broken.stopsReleases()) {
            site.push("v2", GOOD);
            site.settle();
            assertThat(site.recorded()).singleElement().satisfies(recorded -> {
                assertThat(recorded.outcome()).isEqualTo("REJECTED");
                assertThat(link.path("sentence").asText()).startsWith(recorded.reason());
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ecr:DescribeRepositories | repository | image",
            "codedeploy:GetDeploymentGroup | deployment group | ECS service, listeners, image, gates file, task roles, "
                    + "rollback, alarms, hooks, test listener, validation file",
            "ecs:DescribeServices | ECS service | image, task roles",
            "ecs:DescribeTaskDefinition | image, task roles | ",
            "elasticloadbalancing:DescribeListeners | listeners | test listener",
            "elasticloadbalancing:DescribeLoadBalancers | listeners | test listener",
            "cloudwatch:DescribeAlarms | alarms | ",
            "iam:SimulatePrincipalPolicy | task roles, hooks | ",
            "events:DescribeRule | event rule | ",
            "states:DescribeStateMachine | workflow | ",
            "sns:GetTopicAttributes | subscribers | "})
    void a_call_that_is_denied_names_its_action_and_hides_what_hangs_on_it_alone(String action, String denied,
            @Nullable String behind) {
        SampleSite site = site();
        WithoutGrant.withdraw(site.cloud.roles, "arn:aws:iam::111122223333:role/greenlane-PreflightRole", action);
        JsonNode answer = site.preflight();

        Map<String, String> unseen = links(answer).filter(link -> link.path("state").asText().equals("UNSEEN"))
                .collect(Collectors.toMap(link -> link.path("name").asText(), link -> link.path("sentence").asText()));
        assertThat(answer.path("accepted").asBoolean()).isFalse();
        assertThat(states(answer)).noneMatch(state -> state.endsWith(" BROKEN"));
        for (String name : denied.split(", ", -1)) {
            assertThat(unseen.remove(name)).as(name).contains("the role of the function needs " + action + " on ");
        }
        assertThat(unseen.keySet()).isEqualTo(behind == null ? Set.of() : Set.of(behind.split(", ", -1)));
        assertThat(unseen.values()).allMatch("not looked at, since something before it does not hold"::equals);
    }

    @Test
    void every_service_of_a_group_is_looked_at() {
        JsonNode answer = new GroupSite(Map.of(), EventSwitches.USUAL, 1, 2, 2).preflight();

        assertThat(answer.path("accepted").asBoolean()).as(answer.toString()).isTrue();
        assertThat(lines(answer).stream().filter(line -> line.endsWith(" is ready for releases"))).hasSize(3);
    }

    @Test
    void a_service_that_is_not_followed_is_named_with_those_that_are() {
        assertThat(site().preflight("no/such").path("lines").toString()).contains("There is no service 'no/such'",
                "greenlane-Sample-Application/");
    }

    private static void removeTarget(SampleSite site) {
        site.cloud.events.removeTargets(it -> it.rule(site.resource("ImagePushed")).ids("Release"));
    }

    private static void takeAllFrom(SampleSite site, String name) {
        Role role = site.cloud.roles.roles().stream().filter(one -> one.name().endsWith(name)).findFirst()
                .orElseThrow();
        site.cloud.roles.add(new Role(role.arn(), role.name(), role.trust(), Map.of(), List.of(), role.boundary()));
    }

    private static LoadBalancerInfo withoutTestListener(SampleSite site) {
        DeploymentGroupInfo group = site.cloud.codeDeploy.getDeploymentGroup(
                it -> it.applicationName(site.application()).deploymentGroupName(site.group())).deploymentGroupInfo();
        return group.loadBalancerInfo().toBuilder()
                .targetGroupPairInfoList(group.loadBalancerInfo().targetGroupPairInfoList().getFirst().toBuilder()
                        .testTrafficRoute((TrafficRoute) null).build())
                .build();
    }

    private static void change(SampleSite site, Consumer<UpdateDeploymentGroupRequest.Builder> change) {
        site.cloud.codeDeploy.updateDeploymentGroup(it -> {
            it.applicationName(site.application()).currentDeploymentGroupName(site.group());
            change.accept(it);
        });
    }

    private static Stream<JsonNode> links(JsonNode answer) {
        return stream(answer.path("services")).flatMap(service -> stream(service.path("parts")))
                .flatMap(part -> stream(part.path("links")));
    }

    private static List<String> states(JsonNode answer) {
        return links(answer).map(link -> link.path("name").asText() + " " + link.path("state").asText()).toList();
    }

    private static List<String> lines(JsonNode answer) {
        return stream(answer.path("lines")).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(Objects.requireNonNull(list).spliterator(), false);
    }
}
