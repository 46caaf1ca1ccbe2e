package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetApplicationRevisionRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.RegisterApplicationRevisionRequest;
import software.amazon.awssdk.services.codedeploy.model.UpdateDeploymentGroupRequest;

/**
 * What calls of AWS CodeDeploy need. A call for a deployment that is not there is let through to the service, which knows no
 * resource for it.
 */
record CodeDeployNeeds(Account account, Places places) implements ServiceNeeds {
    private static final String SERVICE = "codedeploy.amazonaws.com";

    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case CreateDeploymentRequest it -> creating(it);
            case GetDeploymentRequest it -> onGroupOf(it.deploymentId(), "codedeploy:GetDeployment");
            case BatchGetDeploymentsRequest it -> it.deploymentIds().stream()
                    .flatMap(id -> onGroupOf(id, "codedeploy:BatchGetDeployments").stream()).toList();
            // The data names no resource, but AWS's own message does, and SAM scopes it.
            case PutLifecycleEventHookExecutionStatusRequest it ->
                onGroupOf(it.deploymentId(), "codedeploy:PutLifecycleEventHookExecutionStatus");
            case GetDeploymentGroupRequest it -> List.of(
                    onGroup("codedeploy:GetDeploymentGroup", it.applicationName(), it.deploymentGroupName()));
            case GetApplicationRevisionRequest it ->
                List.of(onApplication("codedeploy:GetApplicationRevision", it.applicationName()));
            case RegisterApplicationRevisionRequest it ->
                List.of(onApplication("codedeploy:RegisterApplicationRevision", it.applicationName()));
            case ListDeploymentsRequest it -> List.of(onGroup("codedeploy:ListDeployments",
                    orAny(it.applicationName()), orAny(it.deploymentGroupName())));
            case GetDeploymentConfigRequest it -> List.of(onConfig(it.deploymentConfigName()));
            case CreateDeploymentGroupRequest it -> List.of(
                    onGroup("codedeploy:CreateDeploymentGroup", it.applicationName(), it.deploymentGroupName()),
                    Need.passing(it.serviceRoleArn(), SERVICE));
            case UpdateDeploymentGroupRequest it -> updating(it);
            default -> null;
        };
    }

    /** The permissions reference of the CodeDeploy guide: besides the call itself, its configuration and its revision. */
    private List<Need> creating(CreateDeploymentRequest request) {
        List<Need> needs = new ArrayList<>(List.of(
                onGroup("codedeploy:CreateDeployment", request.applicationName(),
                        orAny(request.deploymentGroupName())),
                onConfig(request.deploymentConfigName() == null
                        ? orAny(places.deploymentConfig(request.applicationName(), orAny(request.deploymentGroupName()))
                                .orElse(null))
                        : request.deploymentConfigName()),
                onApplication("codedeploy:GetApplicationRevision", request.applicationName()),
                onApplication("codedeploy:RegisterApplicationRevision", request.applicationName())));
        if (request.overrideAlarmConfiguration() != null) {
            needs.add(onGroup("codedeploy:UpdateDeploymentGroup", request.applicationName(),
                    orAny(request.deploymentGroupName())));
        }
        return needs;
    }

    private List<Need> updating(UpdateDeploymentGroupRequest request) {
        List<Need> needs = new ArrayList<>(List.of(onGroup("codedeploy:UpdateDeploymentGroup",
                request.applicationName(), request.currentDeploymentGroupName())));
        if (request.serviceRoleArn() != null) {
            needs.add(Need.passing(request.serviceRoleArn(), SERVICE));
        }
        return needs;
    }

    private List<Need> onGroupOf(String deployment, String action) {
        return places.deploymentGroup(deployment).map(group -> List.of(Need.of(action, group))).orElse(List.of());
    }

    private Need onGroup(String action, String application, String group) {
        return Need.of(action, account.arn("codedeploy", "deploymentgroup:" + application + "/" + group));
    }

    private Need onApplication(String action, String application) {
        return Need.of(action, account.arn("codedeploy", "application:" + application));
    }

    private Need onConfig(String config) {
        return Need.of("codedeploy:GetDeploymentConfig", account.arn("codedeploy", "deploymentconfig:" + config));
    }

    private static String orAny(@Nullable String name) {
        return name == null ? "*" : name;
    }
}
