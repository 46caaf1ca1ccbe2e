package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.ecs.TaskSetWatch;
import io.greenlane.rehearsal.events.EventBus;
import io.greenlane.rehearsal.iam.Authority;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.lambda.FunctionInvoker;
import java.util.Map;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.model.ErrorCode;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The services that CodeDeploy works with: exactly those that its service role for ECS may call.
 *
 * @param account where they are
 * @param ecs creates, promotes and deletes task sets
 * @param taskSets tells when a task set is steady
 * @param loadBalancing shifts listeners
 * @param functions invokes hooks
 * @param alarms is asked for the state of a group's alarms
 * @param topics get a group's triggers
 * @param events get every state change
 * @param authority says what a service role may do there
 */
public record Neighbours(
        Account account, EcsClient ecs, TaskSetWatch taskSets, ElasticLoadBalancingV2Client loadBalancing,
        FunctionInvoker functions, CloudWatchClient alarms, SnsClient topics, EventBus events, Authority authority) {

    /** The same, as the group's service role may call them. */
    Neighbours under(Deployment deployment) {
        String role = deployment.group().serviceRoleArn();
        Principal who = new Principal.Session(role, deployment.id(), new Principal.Assumption(
                "codedeploy.amazonaws.com", account.arn("codedeploy", "deploymentgroup:"
                        + deployment.group().applicationName() + "/" + deployment.group().deploymentGroupName())));
        return new Neighbours(account, checked(EcsClient.class, ecs, who, "AmazonECS"), taskSets,
                checked(ElasticLoadBalancingV2Client.class, loadBalancing, who, "AmazonElasticLoadBalancing"),
                functions.under(who, Map.of()), checked(CloudWatchClient.class, alarms, who, "AmazonCloudWatch"),
                checked(SnsClient.class, topics, who, "AmazonSNS"), events, authority);
    }

    private <C extends SdkClient> C checked(Class<C> type, C client, Principal who, String service) {
        return authority.client(type, client, who, Map.of(), denied -> new DeploymentFault(
                ErrorCode.IAM_ROLE_PERMISSIONS, "The IAM role does not give you permission to perform operations in the"
                        + " following AWS service: " + service + ". " + denied.sentence()));
    }
}
