package io.greenlane.rehearsal.codedeploy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/**
 * The AppSpec of an ECS deployment (CodeDeploy guide, AppSpec file structure). YAML or JSON, keys in any case.
 *
 * @param taskDefinition ARN, or family and revision
 * @param platformVersion only when given
 * @param networkConfiguration only when given
 * @param capacityProviders empty when not given
 * @param hooks function by lifecycle event
 */
record AppSpec(
        String taskDefinition, String containerName, int containerPort, Optional<String> platformVersion,
        Optional<NetworkConfiguration> networkConfiguration, List<CapacityProviderStrategyItem> capacityProviders,
        Map<Phase, String> hooks) {

    private static final LoadSettings YAML = LoadSettings.builder().setLabel("AppSpec").setMaxAliasesForCollections(10)
            .setCodePointLimit(1024 * 1024).build();

    /**
     * Reads an AppSpec.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static AppSpec parse(String content) {
        Map<String, Object> root = map("The AppSpec", load(content));
        String version = text("version", root.get("version"));
        if (!version.equals("0.0")) {
            throw new IllegalArgumentException("The AppSpec version must be 0.0, got '" + version + "'");
        }
        List<?> resources = list("Resources", root.get("resources"));
        if (resources.size() != 1) {
            throw new IllegalArgumentException(
                    "The AppSpec must have exactly one resource, the target service, got " + resources.size());
        }
        Map<String, Object> named = map("Resources", resources.get(0));
        Map<String, Object> service = map("TargetService", named.values().stream().findFirst().orElse(null));
        String type = text("Type", service.get("type"));
        if (!type.equals("AWS::ECS::Service")) {
            throw new IllegalArgumentException("The resource type must be AWS::ECS::Service, got '" + type + "'");
        }
        Map<String, Object> properties = map("Properties", service.get("properties"));
        Map<String, Object> loadBalancer = map("LoadBalancerInfo", properties.get("loadbalancerinfo"));
        return new AppSpec(text("TaskDefinition", properties.get("taskdefinition")),
                text("ContainerName", loadBalancer.get("containername")), port(loadBalancer.get("containerport")),
                Optional.ofNullable(properties.get("platformversion")).map(String::valueOf),
                Optional.ofNullable(properties.get("networkconfiguration")).map(AppSpec::network),
                properties.get("capacityproviderstrategy") == null
                        ? List.of()
                        : list("CapacityProviderStrategy", properties.get("capacityproviderstrategy")).stream()
                                .map(AppSpec::capacityProvider).toList(),
                hooks(root.get("hooks")));
    }

    private static @Nullable Object load(String content) {
        try {
            return new Load(YAML).loadFromString(content);
        } catch (YamlEngineException malformed) {
            throw new IllegalArgumentException("The AppSpec is neither YAML nor JSON: " + malformed.getMessage(),
                    malformed);
        }
    }

    private static Map<Phase, String> hooks(@Nullable Object value) {
        Map<Phase, String> hooks = new TreeMap<>();
        if (value == null) {
            return hooks;
        }
        for (Object entry : list("Hooks", value)) {
            if (!(entry instanceof Map<?, ?> hook)) {
                throw new IllegalArgumentException("Each of Hooks must map a lifecycle event to a function");
            }
            hook.forEach((event, function) -> hooks.put(
                    Phase.hook(String.valueOf(event)).orElseThrow(
                            () -> new IllegalArgumentException("There is no lifecycle hook '" + event + "' for ECS")),
                    text(String.valueOf(event), function)));
        }
        return Map.copyOf(hooks);
    }

    private static NetworkConfiguration network(Object value) {
        Map<String, Object> vpc = map("AwsvpcConfiguration",
                map("NetworkConfiguration", value).get("awsvpcconfiguration"));
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(configuration -> configuration.subnets(texts("Subnets", vpc.get("subnets")))
                        .securityGroups(texts("SecurityGroups", vpc.get("securitygroups")))
                        .assignPublicIp(AssignPublicIp.fromValue(text("AssignPublicIp", vpc.get("assignpublicip")))))
                .build();
    }

    private static CapacityProviderStrategyItem capacityProvider(Object value) {
        Map<String, Object> item = map("CapacityProviderStrategy", value);
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(text("CapacityProvider", item.get("capacityprovider")))
                .base(item.get("base") instanceof Number base ? base.intValue() : 0)
                .weight(item.get("weight") instanceof Number weight ? weight.intValue() : 0).build();
    }

    private static int port(@Nullable Object value) {
        try {
            int port = Integer.parseInt(String.valueOf(value));
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // Falls through to the one message for every bad port.
        }
        throw new IllegalArgumentException("ContainerPort must be a port number, got '" + value + "'");
    }

    private static Map<String, Object> map(String what, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(what + " must have members, got '" + value + "'");
        }
        Map<String, Object> lowerCased = new TreeMap<>();
        map.forEach((key, member) -> {
            if (member != null) {
                lowerCased.put(String.valueOf(key).toLowerCase(Locale.ROOT), member);
            }
        });
        return lowerCased;
    }

    private static List<?> list(String what, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(what + " must be a list, got '" + value + "'");
        }
        return list;
    }

    private static List<String> texts(String what, @Nullable Object value) {
        return value == null ? List.of() : list(what, value).stream().map(String::valueOf).toList();
    }

    private static String text(String what, @Nullable Object value) {
        if (value == null || value instanceof Map || value instanceof List || String.valueOf(value).isBlank()) {
            throw new IllegalArgumentException(what + " is missing in the AppSpec");
        }
        return String.valueOf(value);
    }
}
