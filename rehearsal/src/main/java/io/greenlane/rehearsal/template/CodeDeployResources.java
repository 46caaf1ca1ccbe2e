package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.CreateApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;

/** AWS::CodeDeploy resources. */
record CodeDeployResources(CodeDeployClient codeDeploy) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::CodeDeploy::Application", this::application, "AWS::CodeDeploy::DeploymentGroup",
                this::deploymentGroup);
    }

    private Created application(ResourceRequest request) {
        String name = request.name("ApplicationName", 100);
        codeDeploy.createApplication(
                SdkShape.fill(CreateApplicationRequest.builder().applicationName(name), request).build());
        return new Created(name);
    }

    private Created deploymentGroup(ResourceRequest request) {
        String name = request.name("DeploymentGroupName", 100);
        codeDeploy.createDeploymentGroup(
                SdkShape.fill(CreateDeploymentGroupRequest.builder().deploymentGroupName(name), request).build());
        return new Created(name);
    }
}
