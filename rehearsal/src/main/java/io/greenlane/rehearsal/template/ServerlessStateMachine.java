package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ServerlessTransform.Expansion;
import io.greenlane.rehearsal.template.ServerlessTransform.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AWS::Serverless::StateMachine: the state machine, its role, and a rule with a role of its own per event. */
final class ServerlessStateMachine {
    private ServerlessStateMachine() {}

    static void expand(Expansion expansion, Members properties) {
        String id = expansion.id();
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("DefinitionS3Location", properties.need("DefinitionUri"));
        properties.move("DefinitionSubstitutions", machine, "DefinitionSubstitutions");
        properties.move("Logging", machine, "LoggingConfiguration");
        properties.move("Name", machine, "StateMachineName");
        properties.move("Type", machine, "StateMachineType");
        properties.move("Tracing", machine, "TracingConfiguration");
        machine.put("Tags", ServerlessTransform.createdBy("stateMachine"));
        Object role = properties.take("Role");
        Object policies = properties.take("Policies");
        machine.put("RoleArn", role != null ? role : Map.of("Fn::GetAtt", List.of(id + "Role", "Arn")));
        if (role == null) {
            ServerlessRole.of(expansion, "states", machine.containsKey("TracingConfiguration")
                    ? List.of(ServerlessRole.managed("AWSXrayWriteOnlyAccess"))
                    : List.of(), policies == null ? List.of() : policies);
        }
        expansion.main("AWS::StepFunctions::StateMachine", machine);
        Object events = properties.take("Events");
        if (events != null) {
            Template.map(events, id + ", Events").forEach(
                    (name, event) -> event(expansion, name, Members.of(id + ", event " + name, event)));
        }
        properties.finish();
    }

    private static void event(Expansion expansion, String name, Members event) {
        String id = expansion.id() + name;
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("Arn", Map.of("Ref", expansion.id()));
        target.put("Id", id + "StepFunctionsTarget");
        target.put("RoleArn", Map.of("Fn::GetAtt", List.of(id + "Role", "Arn")));
        ServerlessRule.expand(expansion, id, target, event);
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("AssumeRolePolicyDocument", ServerlessRole.trust("events.amazonaws.com"));
        role.put("Policies", List.of(Map.of("PolicyName", id + "RoleStartExecutionPolicy", "PolicyDocument",
                Map.of("Statement", List.of(Map.of("Effect", "Allow", "Action",
                        "states:StartExecution", "Resource", Map.of("Ref", expansion.id())))))));
        expansion.beside(id + "Role", "AWS::IAM::Role", role);
    }
}
