package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/** AWS::SSM resources. */
record SsmResources(SsmClient ssm) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::SSM::Parameter", this::parameter);
    }

    private Created parameter(ResourceRequest request) {
        String name = request.name("Name", 1011);
        String type = request.needText("Type");
        String value = request.needText("Value");
        if (type.equals("SecureString")) {
            throw request.problem("has the Type SecureString, which CloudFormation does not create");
        }
        request.recordOnly("Tags");
        ssm.putParameter(SdkShape.fill(PutParameterRequest.builder().name(name).type(type).value(value), request)
                .build());
        return new Created(name, Map.of("Type", type, "Value", value));
    }
}
