package io.greenlane.deployment;

import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CodeDeploy is asked to run: the new revision, behind the same load balancer mapping, on the same platform, network and
 * capacity as the task set that serves production, with the three validation hooks. Equal specifications have equal members in
 * equal order, so that their text and its SHA-256 are the same each time.
 *
 * @param taskDefinition ARN with revision
 * @param containerName the container behind the load balancer
 * @param containerPort its port
 * @param platformVersion of Fargate; null on other compute, and when the service names none
 * @param network null without awsvpc networking
 * @param capacityProviders empty when the service runs by launch type
 * @param hooks the functions that CodeDeploy calls
 */
public record AppSpec(String taskDefinition, String containerName, int containerPort, @Nullable String platformVersion,
        TaskSet.@Nullable Network network, List<TaskSet.CapacityProvider> capacityProviders, Hooks hooks) {
    public AppSpec {
        capacityProviders = List.copyOf(capacityProviders);
    }

    /**
     * Names or ARNs of the hook functions.
     *
     * @param afterAllowTestTraffic called when the test listener serves green
     * @param beforeAllowTraffic called next, before production moves
     * @param afterAllowTraffic called when production is on green
     */
    public record Hooks(String afterAllowTestTraffic, String beforeAllowTraffic, String afterAllowTraffic) {}

    /**
     * The new revision in place of the one that the primary task set runs. A network that is not complete is left out, for an
     * AppSpec gives all of its members or none; CodeDeploy then takes it from the service.
     */
    public static AppSpec of(ServiceTopology topology, String taskDefinition, Hooks hooks) {
        TaskSet primary = topology.primary();
        TaskSet.Network network = primary.network();
        boolean complete = network != null && !network.subnets().isEmpty() && !network.securityGroups().isEmpty();
        return new AppSpec(taskDefinition, topology.containerName(), topology.containerPort(),
                primary.platformVersion(), complete ? network : null, primary.capacityProviders(), hooks);
    }

    /** The document (CodeDeploy guide, AppSpec reference for ECS), to be written as JSON. */
    public Map<String, Object> members() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("TaskDefinition", taskDefinition);
        properties.put("LoadBalancerInfo", ordered("ContainerName", containerName, "ContainerPort", containerPort));
        if (platformVersion != null) {
            properties.put("PlatformVersion", platformVersion);
        }
        if (network != null) {
            Map<String, Object> awsvpc = ordered("Subnets", network.subnets(), "SecurityGroups",
                    network.securityGroups());
            awsvpc.put("AssignPublicIp", network.assignPublicIp());
            properties.put("NetworkConfiguration", Map.of("AwsvpcConfiguration", awsvpc));
        }
        if (!capacityProviders.isEmpty()) {
            properties.put("CapacityProviderStrategy", capacityProviders.stream().map(AppSpec::strategyItem).toList());
        }
        Map<String, Object> service = ordered("Type", "AWS::ECS::Service", "Properties", properties);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", 0.0);
        document.put("Resources", List.of(Map.of("TargetService", service)));
        document.put("Hooks", List.of(Map.of("AfterAllowTestTraffic", hooks.afterAllowTestTraffic()),
                Map.of("BeforeAllowTraffic", hooks.beforeAllowTraffic()),
                Map.of("AfterAllowTraffic", hooks.afterAllowTraffic())));
        return document;
    }

    private static Map<String, Object> strategyItem(TaskSet.CapacityProvider provider) {
        Map<String, Object> item = ordered("Base", provider.base(), "CapacityProvider", provider.name());
        item.put("Weight", provider.weight());
        return item;
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(first, one);
        members.put(second, two);
        return members;
    }
}
