package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.template.Reviewed.Resource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What visitors reach, and how deployments change it. */
final class TrafficReview {
    private static final int LONGEST_WAIT_MINUTES = 60;
    private static final int WIDEST_RANGE = 8;

    /** A password in a URL, a key of AWS, a private key, or a token: letters and digits in which nothing can be read. */
    private static final Pattern SECRET = Pattern
            .compile("://[^/\\s:@]*:[^/\\s@]+@|AKIA[0-9A-Z]{16}|-----BEGIN |[A-Za-z0-9]{32}");

    private TrafficReview() {}

    static List<ReviewRule> rules() {
        return List.of(
                ReviewRule.each("deployment-group",
                        "a deployment group rolls back by itself, watches an alarm, has a test listener and lets blue go",
                        "AWS::CodeDeploy::DeploymentGroup", TrafficReview::isSafe),
                new ReviewRule("test-listener",
                        "only one port is open to the world, that of production; others to a /8 at most",
                        TrafficReview::openPorts),
                new ReviewRule("load-balancer",
                        "a load balancer drops invalid headers, is logged and not deleted by a slip",
                        it -> it.all("AWS::ElasticLoadBalancingV2::LoadBalancer").flatMap(TrafficReview::loadBalancer)),
                ReviewRule.each("tls", "a listener takes TLS 1.2 and newer", "AWS::ElasticLoadBalancingV2::Listener",
                        it -> it.properties().path("Protocol").asText().equals("HTTPS")
                                && it.properties().path("SslPolicy").asText().startsWith("ELBSecurityPolicy-TLS13-1-2")
                                && !it.properties().path("Certificates").isEmpty()),
                new ReviewRule("task",
                        "a task has a root file system to read, no privileges, no root, no plain secrets, and logs",
                        it -> it.all("AWS::ECS::TaskDefinition").flatMap(TrafficReview::task)));
    }

    private static boolean isSafe(Resource group) {
        JsonNode properties = group.properties();
        Set<String> events = Reviewed.items(properties.at("/AutoRollbackConfiguration/Events")).map(JsonNode::asText)
                .collect(Collectors.toSet());
        return properties.at("/AutoRollbackConfiguration/Enabled").asBoolean()
                && events.equals(Set.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"))
                && properties.at("/AlarmConfiguration/Enabled").asBoolean()
                && !properties.at("/AlarmConfiguration/Alarms").isEmpty()
                && Reviewed.items(properties.at("/LoadBalancerInfo/TargetGroupPairInfoList"))
                        .allMatch(pair -> !pair.at("/TestTrafficRoute/ListenerArns").isEmpty())
                && properties.at("/BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess"
                        + "/TerminationWaitTimeInMinutes").asInt(LONGEST_WAIT_MINUTES + 1) <= LONGEST_WAIT_MINUTES;
    }

    private static Stream<String> openPorts(Reviewed it) {
        Set<String> production = it.all("AWS::ElasticLoadBalancingV2::Listener")
                .filter(listener -> listener.id().startsWith("Production"))
                .map(listener -> listener.properties().path("Port").asText()).collect(Collectors.toSet());
        return it.all("AWS::EC2::SecurityGroup").flatMap(group -> Reviewed
                .items(group.properties().path("SecurityGroupIngress"))
                .filter(ingress -> isWide(ingress.path("CidrIp")) || isWide(ingress.path("CidrIpv6")))
                .filter(ingress -> !production.contains(ingress.path("FromPort").asText())
                        || !ingress.path("FromPort").asText().equals(ingress.path("ToPort").asText()))
                .map(ingress -> group + ": port " + ingress.path("FromPort").asText() + " is open to the world"));
    }

    private static boolean isWide(JsonNode range) {
        return range.isTextual() && Integer.parseInt(range.asText().replaceFirst(".*/", "")) < WIDEST_RANGE;
    }

    private static Stream<String> loadBalancer(Resource balancer) {
        Set<String> on = Reviewed.items(balancer.properties().path("LoadBalancerAttributes"))
                .filter(attribute -> attribute.path("Value").asText().equals("true"))
                .map(attribute -> attribute.path("Key").asText()).collect(Collectors.toSet());
        return Stream.of("routing.http.drop_invalid_header_fields.enabled", "access_logs.s3.enabled",
                "deletion_protection.enabled").filter(attribute -> !on.contains(attribute))
                .map(attribute -> balancer + ": " + attribute + " is off");
    }

    private static Stream<String> task(Resource definition) {
        return Reviewed.items(definition.properties().path("ContainerDefinitions")).flatMap(container -> Stream.of(
                container.path("ReadonlyRootFilesystem").asBoolean()
                        ? ""
                        : definition + ": the root file system can be written",
                container.path("Privileged").asBoolean() ? definition + ": privileged" : "",
                container.has("User") ? "" : definition + ": names no user",
                container.path("User").asText().matches("(0+|root)(:.*)?") ? definition + ": runs as root" : "",
                container.path("LogConfiguration").isMissingNode() ? definition + ": no logs" : "",
                Reviewed.items(container.path("Environment")).anyMatch(variable -> variable.path("Name").asText()
                        .matches("(?i).*(secret|password|token|key).*")
                        || SECRET.matcher(variable.path("Value").asText()).find())
                                ? definition + ": a secret in the environment"
                                : "")
                .filter(finding -> !finding.isEmpty()));
    }
}
