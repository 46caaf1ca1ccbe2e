package io.greenlane.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The task set that serves production, as ECS describes it.
 *
 * @param id for example {@code ecs-svc/1234567890123456789}
 * @param taskDefinition ARN with revision
 * @param targetGroup ARN of the target group it is registered in
 * @param platformVersion of Fargate; null on other compute
 * @param network null when the tasks do not use awsvpc networking
 * @param capacityProviders empty when the tasks run by launch type
 */
public record TaskSet(String id, String taskDefinition, String targetGroup, @Nullable String platformVersion,
        @Nullable Network network, List<CapacityProvider> capacityProviders) {
    public TaskSet {
        capacityProviders = List.copyOf(capacityProviders);
    }

    /**
     * Where awsvpc tasks get their network interface.
     *
     * @param assignPublicIp {@code ENABLED} or {@code DISABLED}
     */
    public record Network(List<String> subnets, List<String> securityGroups, String assignPublicIp) {
        public Network {
            subnets = List.copyOf(subnets);
            securityGroups = List.copyOf(securityGroups);
        }
    }

    /**
     * One item of a capacity provider strategy.
     *
     * @param base tasks that run on it before weights count
     * @param weight its share of the tasks above the base
     */
    public record CapacityProvider(String name, int base, int weight) {}
}
