package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ServerlessTransform.Expansion;
import io.greenlane.rehearsal.template.ServerlessTransform.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AWS::Serverless::Function: the function, its invoke configuration, its role, and a rule and a permission per event. */
final class ServerlessFunction {
    private static final List<String> SAME = List.of("Architectures", "Description", "Environment", "FunctionName",
            "Handler", "KmsKeyArn", "LoggingConfig", "MemorySize", "Runtime", "Timeout", "VpcConfig");

    private ServerlessFunction() {}

    static void expand(Expansion expansion, Members properties) {
        String id = expansion.id();
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("Code", properties.need("CodeUri"));
        SAME.forEach(name -> properties.move(name, function, name));
        Object tracing = properties.take("Tracing");
        if (tracing != null) {
            function.put("TracingConfig", Map.of("Mode", tracing));
        }
        function.put("Tags", ServerlessTransform.createdBy("lambda"));
        Object role = properties.take("Role");
        Object policies = properties.take("Policies");
        function.put("Role", role != null ? role : Map.of("Fn::GetAtt", List.of(id + "Role", "Arn")));
        if (role == null) {
            ServerlessRole.of(expansion, "lambda", managed(tracing != null, function.containsKey("VpcConfig")),
                    policies == null ? List.of() : policies);
        }
        expansion.main("AWS::Lambda::Function", function);
        Object invoke = properties.take("EventInvokeConfig");
        if (invoke != null) {
            invokeConfig(expansion, Members.of(id + ", EventInvokeConfig", invoke));
        }
        Object events = properties.take("Events");
        if (events != null) {
            Template.map(events, id + ", Events").forEach(
                    (name, event) -> event(expansion, name, Members.of(id + ", event " + name, event)));
        }
        properties.finish();
    }

    private static List<Object> managed(boolean traced, boolean inVpc) {
        List<Object> policies = new ArrayList<>();
        policies.add(ServerlessRole.managed("service-role/AWSLambdaBasicExecutionRole"));
        if (traced) {
            policies.add(ServerlessRole.managed("AWSXrayWriteOnlyAccess"));
        }
        if (inVpc) {
            policies.add(ServerlessRole.managed("service-role/AWSLambdaVPCAccessExecutionRole"));
        }
        return policies;
    }

    private static void invokeConfig(Expansion expansion, Members written) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("FunctionName", Map.of("Ref", expansion.id()));
        config.put("Qualifier", "$LATEST");
        config.put("DestinationConfig", Map.of());
        written.move("MaximumRetryAttempts", config, "MaximumRetryAttempts");
        written.move("MaximumEventAgeInSeconds", config, "MaximumEventAgeInSeconds");
        written.finish();
        expansion.beside(expansion.id() + "EventInvokeConfig", "AWS::Lambda::EventInvokeConfig", config);
    }

    private static void event(Expansion expansion, String name, Members event) {
        String id = expansion.id() + name;
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("Arn", Map.of("Fn::GetAtt", List.of(expansion.id(), "Arn")));
        target.put("Id", id + "LambdaTarget");
        ServerlessRule.expand(expansion, id, target, event);
        Map<String, Object> permission = new LinkedHashMap<>();
        permission.put("Action", "lambda:InvokeFunction");
        permission.put("FunctionName", Map.of("Ref", expansion.id()));
        permission.put("Principal", "events.amazonaws.com");
        permission.put("SourceArn", Map.of("Fn::GetAtt", List.of(id, "Arn")));
        expansion.beside(id + "Permission", "AWS::Lambda::Permission", permission);
    }
}
