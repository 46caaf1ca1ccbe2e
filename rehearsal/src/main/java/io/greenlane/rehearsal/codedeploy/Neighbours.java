package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.ecs.TaskSetWatch;
import io.greenlane.rehearsal.events.EventBus;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The services that CodeDeploy works with: exactly those that its service role for ECS may call.
 *
 * @param ecs creates, promotes and deletes task sets
 * @param taskSets tells when a task set is steady
 * @param loadBalancing shifts listeners
 * @param functions invokes hooks
 * @param alarms is asked for the state of a group's alarms
 * @param topics get a group's triggers
 * @param events get every state change
 */
public record Neighbours(
        EcsClient ecs, TaskSetWatch taskSets, ElasticLoadBalancingV2Client loadBalancing, FunctionInvoker functions,
        CloudWatchClient alarms, SnsClient topics, EventBus events) {}
