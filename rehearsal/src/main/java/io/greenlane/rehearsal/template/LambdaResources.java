package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import io.greenlane.rehearsal.lambda.FunctionDefinition.EventInvokeConfig;
import io.greenlane.rehearsal.lambda.FunctionDefinition.LogFormat;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** AWS::Lambda resources. */
final class LambdaResources {
    private final Account account;
    private final Consumer<FunctionDefinition> target;
    private final Roles roles;
    private final Map<String, FunctionDefinition> functions = new LinkedHashMap<>();

    LambdaResources(Account account, Consumer<FunctionDefinition> target, Roles roles) {
        this.roles = roles;
        this.account = account;
        this.target = target;
    }

    Map<String, ResourceType> types() {
        return Map.of("AWS::Lambda::Function", this::function, "AWS::Lambda::EventInvokeConfig", this::invokeConfig,
                "AWS::Lambda::Permission", this::permission);
    }

    private Created function(ResourceRequest request) {
        String name = request.name("FunctionName", 64);
        String runtime = request.needText("Runtime");
        if (!runtime.matches("java(21|25)")) {
            throw request.problem("has the runtime " + runtime + "; the local cloud runs java21 and java25");
        }
        Path code = request.folder().resolve(request.needText("Code")).normalize();
        Map<String, Object> logging = request.map("LoggingConfig");
        FunctionDefinition function = new FunctionDefinition(name, request.needText("Handler"),
                FunctionDefinition.classPathOf(code.resolve("target")), environment(request),
                Duration.ofSeconds(request.number("Timeout", 3)), request.number("MemorySize", 128),
                request.needText("Role"), String.valueOf(logging.getOrDefault("LogGroup", "/aws/lambda/" + name)),
                "JSON".equals(logging.get("LogFormat")) ? LogFormat.JSON : LogFormat.TEXT, EventInvokeConfig.DEFAULT);
        request.recordOnly("Architectures", "Description", "KmsKeyArn", "Tags", "TracingConfig", "VpcConfig");
        request.finish();
        functions.put(name, function);
        target.accept(function);
        return new Created(name, Map.of("Arn", account.arn("lambda", "function:" + name)));
    }

    private Created invokeConfig(ResourceRequest request) {
        String name = request.needText("FunctionName");
        FunctionDefinition before = functions.get(name);
        if (before == null) {
            throw request.problem("configures a function that no template of this stack defines: " + name);
        }
        EventInvokeConfig config = new EventInvokeConfig(
                request.number("MaximumRetryAttempts", EventInvokeConfig.DEFAULT.maximumRetryAttempts()),
                Duration.ofSeconds(request.number("MaximumEventAgeInSeconds",
                        (int) EventInvokeConfig.DEFAULT.maximumEventAge().toSeconds())));
        if (!request.map("DestinationConfig").isEmpty()) {
            throw request.problem("has destinations, which the local cloud does not provision");
        }
        request.recordOnly("Qualifier");
        request.finish();
        target.accept(new FunctionDefinition(name, before.handler(), before.classPath(), before.environment(),
                before.timeout(), before.memoryMegabytes(), before.role(), before.logGroup(), before.logFormat(),
                config));
        return new Created(name);
    }

    private Created permission(ResourceRequest request) {
        String name = request.needText("FunctionName");
        String function = name.startsWith("arn:") ? name : account.arn("lambda", "function:" + name);
        Map<String, Object> conditions = new LinkedHashMap<>();
        request.value("SourceArn").ifPresent(arn -> conditions.put("ArnLike", Map.of("aws:SourceArn", arn)));
        request.value("SourceAccount")
                .ifPresent(id -> conditions.put("StringEquals", Map.of("aws:SourceAccount", id)));
        roles.addStatement(function,
                Map.of("Effect", "Allow", "Principal", Map.of("Service", request.needText("Principal")), "Action",
                        request.needText("Action"), "Resource", function, "Condition", conditions));
        request.finish();
        return new Created(request.name(null, 100));
    }

    private static Map<String, String> environment(ResourceRequest request) {
        Map<String, Object> environment = request.map("Environment");
        Map<String, String> variables = new LinkedHashMap<>();
        Template.map(environment.getOrDefault("Variables", Map.of()), request.where("Environment"))
                .forEach((name, value) -> variables.put(name, Values.text(value, request.where("Environment"))));
        return variables;
    }
}
