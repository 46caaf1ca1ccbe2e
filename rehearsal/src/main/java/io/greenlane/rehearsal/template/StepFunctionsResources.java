package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ResourceType.Created;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineRequest;
import software.amazon.awssdk.services.sfn.model.LoggingConfiguration;
import software.amazon.awssdk.services.sfn.model.TracingConfiguration;

/** AWS::StepFunctions resources. */
record StepFunctionsResources(SfnClient stepFunctions) {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

    Map<String, ResourceType> types() {
        return Map.of("AWS::StepFunctions::StateMachine", this::stateMachine);
    }

    private Created stateMachine(ResourceRequest request) {
        String name = request.name("StateMachineName", 80);
        CreateStateMachineRequest.Builder machine = CreateStateMachineRequest.builder().name(name)
                .definition(definition(request)).roleArn(request.needText("RoleArn"))
                .type(request.text("StateMachineType", "STANDARD"));
        request.value("LoggingConfiguration").ifPresent(logging -> machine.loggingConfiguration(SdkShape
                .fill(LoggingConfiguration.builder(), logging, request.where("LoggingConfiguration")).build()));
        request.value("TracingConfiguration").ifPresent(tracing -> machine.tracingConfiguration(SdkShape
                .fill(TracingConfiguration.builder(), tracing, request.where("TracingConfiguration")).build()));
        request.recordOnly("Tags");
        request.finish();
        String arn = stepFunctions.createStateMachine(machine.build()).stateMachineArn();
        return new Created(arn, Map.of("Arn", arn, "Name", name));
    }

    /** The text of the definition's file with every ${Name} replaced. */
    private static String definition(ResourceRequest request) {
        Path file = request.folder().resolve(request.needText("DefinitionS3Location"));
        Map<String, Object> substitutions = request.map("DefinitionSubstitutions");
        Set<String> unused = new LinkedHashSet<>(substitutions.keySet());
        Matcher variable = SUBSTITUTION.matcher(read(file));
        StringBuilder definition = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            Object value = substitutions.get(name);
            if (value == null) {
                throw request.problem("gives no substitution for ${" + name + "} in " + file.getFileName());
            }
            unused.remove(name);
            variable.appendReplacement(definition,
                    Matcher.quoteReplacement(Values.text(value, request.where("DefinitionSubstitutions"))));
        }
        if (!unused.isEmpty()) {
            throw request.problem("gives substitutions that " + file.getFileName() + " does not use: " + unused);
        }
        return variable.appendTail(definition).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException("The state machine definition " + file + " cannot be read", missing);
        }
    }
}
