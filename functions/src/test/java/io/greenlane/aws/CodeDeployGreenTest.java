package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.aws.CodeDeployGreen.Found;
import io.greenlane.probe.Listener;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.validation.HookEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2ClientBuilder;

/** Green and its routing over the wire: the real SDK clients, against sockets. */
class CodeDeployGreenTest {
    private static final String ARN = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:";
    private static final String BLUE = ARN + "targetgroup/shop-blue/1";
    private static final String GREEN = ARN + "targetgroup/shop-green/2";
    private static final String OTHER = ARN + "targetgroup/basket/3";
    private static final String PRODUCTION = ARN + "listener/app/shop/1/80";
    private static final String TEST = ARN + "listener/app/shop/1/8080";
    private static final String RULES_OF = "ListenerArn";

    private final FakeEndpoint json = new FakeEndpoint();
    private final FakeQueryEndpoint query = new FakeQueryEndpoint();
    private final Clients clients = new Clients(UrlConnectionHttpClient.create(), builder -> builder
            .endpointOverride(builder instanceof ElasticLoadBalancingV2ClientBuilder
                    ? query.address()
                    : json.address())
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))));
    private final Map<String, String> defaults = new TreeMap<>(
            Map.of(PRODUCTION, single(BLUE), TEST, single(GREEN)));
    private final Map<String, List<String>> rules = new TreeMap<>(Map.of(PRODUCTION, List.of(), TEST, List.of()));
    private List<String> health = List.of("healthy", "healthy");
    private String protocol = "HTTP";

    @BeforeEach
    void answer() {
        query.answer("DescribeTargetGroups", form -> "<TargetGroups>" + member("<TargetGroupArn>"
                + ("shop-blue".equals(form.get("Names.member.1")) ? BLUE : GREEN) + "</TargetGroupArn>")
                + "</TargetGroups>");
        query.answer("DescribeListeners", form -> {
            String arn = form.getOrDefault("ListenerArns.member.1", "");
            return "<Listeners>" + member("<ListenerArn>" + arn + "</ListenerArn><LoadBalancerArn>lb</LoadBalancerArn>"
                    + "<Port>" + arn.substring(arn.lastIndexOf('/') + 1) + "</Port><Protocol>" + protocol
                    + "</Protocol><DefaultActions>" + defaults.get(arn) + "</DefaultActions>") + "</Listeners>";
        });
        query.answer("DescribeRules", form -> {
            List<String> of = rules.getOrDefault(form.getOrDefault(RULES_OF, ""), List.of());
            int page = form.containsKey("Marker") ? Integer.parseInt(form.get("Marker")) : 0;
            return "<Rules>" + (page < of.size() ? of.get(page) : "")
                    + member("<IsDefault>true</IsDefault><Priority>default</Priority><Actions>"
                            + defaults.get(form.get(RULES_OF)) + "</Actions>")
                    + "</Rules>" + (page + 1 < of.size() ? "<NextMarker>" + (page + 1) + "</NextMarker>" : "");
        });
        query.answer("DescribeLoadBalancers", form -> "<LoadBalancers>"
                + member("<DNSName>shop.eu-west-1.elb.amazonaws.com</DNSName>") + "</LoadBalancers>");
        query.answer("DescribeTargetHealth", form -> "<TargetHealthDescriptions>" + health.stream()
                .map(one -> member("<TargetHealth>" + state(one.split(",")) + "</TargetHealth>"))
                .collect(Collectors.joining()) + "</TargetHealthDescriptions>");
    }

    @AfterEach
    void close() {
        json.close();
        query.close();
    }

    private static String member(String content) {
        return "<member>" + content + "</member>";
    }

    private static String state(String[] parts) {
        return "<State>" + parts[0] + "</State>" + (parts.length > 1 ? "<Reason>" + parts[1] + "</Reason>" : "")
                + (parts.length > 2 ? "<Description>" + parts[2] + "</Description>" : "");
    }

    private static String single(String targetGroup) {
        return member("<Type>forward</Type><TargetGroupArn>" + targetGroup + "</TargetGroupArn>");
    }

    /** Target groups and weights in turns. */
    private static String weighted(Object... turns) {
        List<String> tuples = new ArrayList<>();
        for (int i = 0; i < turns.length; i += 2) {
            tuples.add(
                    member("<TargetGroupArn>" + turns[i] + "</TargetGroupArn><Weight>" + turns[i + 1] + "</Weight>"));
        }
        return member("<Type>forward</Type><ForwardConfig><TargetGroups>" + String.join("", tuples)
                + "</TargetGroups></ForwardConfig>");
    }

    private static String rule(int priority, String action) {
        return member("<Priority>" + priority + "</Priority><IsDefault>false</IsDefault><Actions>" + action
                + "</Actions>");
    }

    private void answerGroup() {
        json.answer(asked -> Map.of("deploymentGroupInfo", Map.of("computePlatform", "ECS", "deploymentStyle",
                Map.of("deploymentType", "BLUE_GREEN", "deploymentOption", "WITH_TRAFFIC_CONTROL"), "ecsServices",
                List.of(Map.of("clusterName", "main", "serviceName", "shop")), "loadBalancerInfo",
                Map.of("targetGroupPairInfoList",
                        List.of(Map.of("targetGroups",
                                List.of(Map.of("name", "shop-blue"), Map.of("name", "shop-green")), "prodTrafficRoute",
                                Map.of("listenerArns", List.of(PRODUCTION)), "testTrafficRoute",
                                Map.of("listenerArns", List.of(TEST))))))));
    }

    private void answerTaskSets(String deployment, int desired) {
        json.answer(asked -> Map.of("services", List.of(Map.of("taskSets",
                List.of(Map.of("id", "ecs-svc/1", "startedBy", "CODE_DEPLOY", "externalId", "d-OLD", "taskDefinition",
                        "shop:41", "loadBalancers", List.of(Map.of("targetGroupArn", BLUE)), "computedDesiredCount",
                        2),
                        Map.of("id", "ecs-svc/2", "startedBy", "CODE_DEPLOY", "externalId", deployment,
                                "taskDefinition", "shop:42", "loadBalancers",
                                List.of(Map.of("targetGroupArn", GREEN)), "computedDesiredCount", desired))))));
    }

    private Found found(HookEvent event) {
        answerGroup();
        answerTaskSets("d-NEW", 2);
        return clients.codeDeployGreen().find("shop", "shop-group", "d-NEW", event).orElseThrow();
    }

    /** What is said before ECS is asked. */
    private @Nullable String astray() {
        return found(HookEvent.AFTER_ALLOW_TEST_TRAFFIC).routing().doubt();
    }

    private @Nullable String doubt() {
        Found found = found(HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        answerTaskSets("d-NEW", 2);
        return found.routing().doubt();
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_ALLOW_TEST_TRAFFIC", "BEFORE_ALLOW_TRAFFIC"})
    void before_production_moves_green_answers_on_the_test_listener_and_blue_on_production(HookEvent event) {
        Found found = found(event);
        assertThat(found.service()).isEqualTo("shop");
        assertThat(found.taskDefinition()).isEqualTo("shop:42");
        assertThat(found.green()).isEqualTo(new Listener(false, "shop.eu-west-1.elb.amazonaws.com", 8080));
        assertThat(found.blue()).isEqualTo(new Listener(false, "shop.eu-west-1.elb.amazonaws.com", 80));
    }

    @Test
    void once_production_moved_green_answers_there_and_blue_nowhere() {
        defaults.put(PRODUCTION, weighted(BLUE, 0, GREEN, 100));
        protocol = "HTTPS";
        Found found = found(HookEvent.AFTER_ALLOW_TRAFFIC);
        assertThat(found.green()).isEqualTo(new Listener(true, "shop.eu-west-1.elb.amazonaws.com", 80));
        assertThat(found.blue()).isNull();
        answerTaskSets("d-NEW", 2);
        assertThat(found.routing().doubt()).isNull();
        defaults.put(PRODUCTION, weighted(BLUE, 90, GREEN, 10));
        assertThat(found.routing().doubt())
                .isEqualTo("The production listener sends 90 of 100 requests to target group shop-blue");
    }

    @Test
    void blue_is_no_yardstick_while_production_sends_requests_to_green_or_to_nobody() {
        defaults.put(PRODUCTION, weighted(BLUE, 90, GREEN, 10));
        assertThat(found(HookEvent.BEFORE_ALLOW_TRAFFIC).blue()).isNull();
        defaults.put(PRODUCTION, single(OTHER));
        assertThat(found(HookEvent.BEFORE_ALLOW_TRAFFIC).blue()).isNull();
        rules.put(PRODUCTION, List.of(rule(7, single(BLUE))));
        assertThat(found(HookEvent.BEFORE_ALLOW_TRAFFIC).blue()).isNotNull();
    }

    @Test
    void a_deployment_without_a_task_set_brings_nothing() {
        answerGroup();
        answerTaskSets("d-ANOTHER", 2);
        assertThat(clients.codeDeployGreen().find("shop", "shop-group", "d-NEW", HookEvent.BEFORE_ALLOW_TRAFFIC))
                .isEmpty();
    }

    @Test
    void a_task_set_outside_the_pair_cannot_be_tested() {
        query.answer("DescribeTargetGroups",
                form -> "<TargetGroups>" + member("<TargetGroupArn>" + OTHER + "</TargetGroupArn>")
                        + "</TargetGroups>");
        assertThatThrownBy(() -> found(HookEvent.BEFORE_ALLOW_TRAFFIC))
                .isInstanceOf(ServiceNotDeployableException.class)
                .hasMessageContaining("has a task set in target group " + GREEN);
    }

    @Test
    void green_alone_and_whole_leaves_no_doubt() {
        assertThat(doubt()).isNull();
        defaults.put(TEST, weighted(BLUE, 0, GREEN, 1));
        assertThat(doubt()).isNull();
        defaults.put(TEST, weighted(GREEN, 100, BLUE, 0));
        health = List.of("draining,Target.DeregistrationInProgress", "healthy", "healthy", "unhealthy.draining");
        assertThat(doubt()).isNull();
    }

    @Test
    void weights_that_reach_blue_are_told() {
        defaults.put(TEST, weighted(BLUE, 30, GREEN, 70));
        assertThat(astray()).isEqualTo("The test listener sends 30 of 100 requests to target group shop-blue");
        defaults.put(TEST, single(BLUE));
        assertThat(astray()).isEqualTo("The test listener sends 1 of 1 requests to target group shop-blue");
        defaults.put(TEST, weighted(GREEN, 3, OTHER, 1));
        assertThat(astray()).isEqualTo("The test listener sends 1 of 4 requests to target group basket");
    }

    @Test
    void a_listener_that_forwards_to_neither_does_not_serve_green() {
        String sentence = "The test listener does not forward to green's target group shop-green";
        defaults.put(TEST, single(OTHER));
        assertThat(astray()).isEqualTo(sentence);
        defaults.put(TEST, weighted(BLUE, 0, GREEN, 0));
        assertThat(astray()).isEqualTo(sentence);
        defaults.put(TEST, member("<Type>fixed-response</Type>"));
        assertThat(astray()).isEqualTo(sentence);
    }

    @Test
    void rules_count_as_the_default_does_and_those_of_other_services_do_not() {
        defaults.put(TEST, member("<Type>fixed-response</Type>"));
        rules.put(TEST, List.of(rule(3, single(OTHER)), rule(5, weighted(BLUE, 0, GREEN, 1))));
        assertThat(doubt()).isNull();
        rules.put(TEST, List.of(rule(3, single(OTHER)), rule(5, single(GREEN)), rule(8, weighted(BLUE, 1, GREEN, 1))));
        assertThat(astray()).isEqualTo("Rule 8 of the test listener sends 1 of 2 requests to target group shop-blue");
        defaults.put(TEST, single(BLUE));
        rules.put(TEST, List.of(rule(5, single(GREEN))));
        assertThat(astray()).isEqualTo("The test listener sends 1 of 1 requests to target group shop-blue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "healthy;unhealthy,Target.Timeout,Request timed out"
                    + " | Green has 1 healthy target of 2, and 1 not healthy: Target.Timeout (Request timed out)",
            "initial,Elb.RegistrationInProgress;initial,Elb.RegistrationInProgress"
                    + " | Green has 0 healthy targets of 2, and 2 not healthy: Elb.RegistrationInProgress",
            "healthy | Green has 1 healthy target of 2", "healthy;healthy;healthy | Green has 3 healthy targets of 2",
            "healthy;healthy;unused,Target.NotInUse"
                    + " | Green has 2 healthy targets of 2, and 1 not healthy: Target.NotInUse",
            "draining | Green has 0 healthy targets of 2"})
    void green_is_whole_when_all_of_its_targets_are_healthy_and_as_many_as_it_wants(String states, String sentence) {
        health = Arrays.asList(states.split(";"));
        assertThat(doubt()).isEqualTo(sentence);
    }

    @Test
    void green_that_is_gone_or_wants_no_tasks_is_doubted() {
        Found found = found(HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        answerTaskSets("d-ANOTHER", 2);
        assertThat(found.routing().doubt())
                .isEqualTo("Green is gone: ECS has no task set of this deployment any more");
        answerTaskSets("d-NEW", 0);
        assertThat(found.routing().doubt()).isEqualTo("Green's task set wants no tasks, so there is nothing to ask");
    }

    @Test
    void what_aws_refuses_is_a_doubt_with_the_way_out() {
        Found found = found(HookEvent.AFTER_ALLOW_TEST_TRAFFIC);
        query.refuse("DescribeTargetHealth", "AccessDenied");
        answerTaskSets("d-NEW", 2);
        assertThat(found.routing().doubt())
                .isEqualTo("AWS could not be asked about green: AccessDenied; the role of the"
                        + " function needs elasticloadbalancing:DescribeListeners, DescribeRules and DescribeTargetHealth, and"
                        + " ecs:DescribeServices");
        query.refuse("DescribeListeners", "ListenerNotFound");
        assertThat(found.routing().doubt())
                .isEqualTo("AWS could not be asked about green: ListenerNotFound, 'refused'");
    }
}
