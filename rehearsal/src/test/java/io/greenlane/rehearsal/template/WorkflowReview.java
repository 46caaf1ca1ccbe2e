package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.template.Reviewed.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events, workflows, functions and what they leave in logs. */
final class WorkflowReview {
    private static final List<String> OF_THE_WORLD = List.of("0.0.0.0/0", "203.0.113.7/0", "0.0.0.0/1", "::/0");

    /** Ends the text that it is put into, begins another, and is no list of names either. */
    private static final String HOSTILE = "\",\"application\":\"other\",,";

    private WorkflowReview() {}

    static List<ReviewRule> rules() {
        return List.of(
                new ReviewRule("events",
                        "a rule says source, kind, action, result and repository, and keeps what it cannot "
                                + "deliver in a queue that lets in just such rules",
                        WorkflowReview::events),
                ReviewRule.each("workflow-logs", "a workflow is logged without its data, and traced",
                        "AWS::StepFunctions::StateMachine",
                        it -> it.properties().at("/LoggingConfiguration/Level").asText().equals("ALL")
                                && !it.properties().at("/LoggingConfiguration/IncludeExecutionData").asBoolean(true)
                                && it.properties().at("/TracingConfiguration/Enabled").asBoolean()),
                new ReviewRule("tasks",
                        "a task ends in time, is tried again with jitter and a cap, and its failure is caught",
                        it -> it.tasks().entrySet().stream().flatMap(task -> task(task.getKey(), task.getValue()))),
                new ReviewRule("ends", "after a failure no way leads to success without an outcome",
                        WorkflowReview::ends),
                new ReviewRule("functions",
                        "a function is traced, ends before its workflow gives it up, and says how often it is called again",
                        WorkflowReview::functions),
                new ReviewRule("concurrency", "a function that nobody waits for is bounded in number",
                        it -> nobodyWaitsFor(it)
                                .filter(function -> !function.properties().has("ReservedConcurrentExecutions"))
                                .map(function -> function + ": as many at once as there are calls")),
                new ReviewRule("losses",
                        "what a function loses that nobody waits for is kept, and an alarm tells of its errors",
                        it -> nobodyWaitsFor(it).flatMap(function -> losses(it, function))),
                ReviewRule.each("log-retention", "logs have an end", "AWS::Logs::LogGroup",
                        it -> it.properties().path("RetentionInDays").asInt() > 0),
                new ReviewRule("alarms", "an alarm tells the topic that is named for alarms, or stops a deployment",
                        WorkflowReview::alarms),
                new ReviewRule("parameters",
                        "a parameter has a pattern, a list or bounds, refuses hostile text and opens nothing to the world",
                        it -> it.parameters().entrySet().stream()
                                .flatMap(each -> parameter(each.getKey(), each.getValue()))));
    }

    private static Stream<String> events(Reviewed it) {
        return Stream.concat(patterns(it), undeliverable(it));
    }

    private static Stream<String> patterns(Reviewed it) {
        return it.all("AWS::Events::Rule").filter(rule -> rule.properties().has("EventPattern")).flatMap(rule -> {
            JsonNode pattern = rule.properties().path("EventPattern");
            boolean open = !pattern.has("source") || !pattern.has("detail-type") || pattern.path("detail").size() < 3
                    || pattern.has("resources");
            boolean push = pattern.path("source").toString().contains("aws.ecr")
                    && pattern.path("detail-type").toString().contains("ECR Image Action")
                    && !(pattern.at("/detail/action-type").toString().equals("[\"PUSH\"]")
                            && pattern.at("/detail/result").toString().equals("[\"SUCCESS\"]")
                            && pattern.at("/detail/repository-name").size() == 1);
            boolean lost = Reviewed.items(rule.properties().path("Targets"))
                    .anyMatch(target -> target.at("/DeadLetterConfig/Arn").asText().isEmpty()
                            || target.at("/RetryPolicy/MaximumRetryAttempts").asInt() < 1);
            return Stream.of(open || push ? rule + ": the pattern lets in too much" : "",
                    lost ? rule + ": what cannot be delivered is lost" : "").filter(finding -> !finding.isEmpty());
        });
    }

    /** A queue takes what a rule cannot deliver only if its policy names that rule. */
    private static Stream<String> undeliverable(Reviewed it) {
        Set<String> needed = it.all("AWS::Events::Rule").flatMap(rule -> Reviewed
                .items(rule.properties().path("Targets")).map(target -> target.at("/DeadLetterConfig/Arn").asText())
                .filter(queue -> !queue.isEmpty()).map(queue -> rule + " may send to " + queue))
                .collect(Collectors.toSet());
        Set<String> granted = it.resourcePolicies().filter(statement -> statement.grants("sqs:SendMessage"))
                .flatMap(statement -> Reviewed.items(statement.condition("ArnEquals", "aws:SourceArn"))
                        .map(rule -> rule.asText().replaceFirst(".*:rule/greenlane-", "") + " may send to "
                                + statement.resources().getFirst()))
                .collect(Collectors.toSet());
        return Stream.concat(
                needed.stream().filter(each -> !granted.contains(each)).map(each -> "no policy says that " + each),
                granted.stream().filter(each -> !needed.contains(each)).map(each -> "for nothing " + each));
    }

    private static Stream<String> task(String name, JsonNode task) {
        List<JsonNode> retries = Reviewed.items(task.path("Retry"))
                .filter(retry -> retry.path("MaxAttempts").asInt(3) > 0)
                .toList();
        boolean calm = !retries.isEmpty() && retries.stream().allMatch(retry -> retry.path("JitterStrategy").asText()
                .equals("FULL") && retry.has("MaxDelaySeconds"));
        boolean caught = Reviewed.items(task.path("Catch"))
                .anyMatch(each -> each.path("ErrorEquals").toString().equals("[\"States.ALL\"]"));
        return Stream.of(task.has("TimeoutSeconds") ? "" : name + ": no TimeoutSeconds",
                calm ? "" : name + ": Retry without jitter or cap", caught ? "" : name + ": no Catch of States.ALL")
                .filter(finding -> !finding.isEmpty());
    }

    /** Not of items: what they end with is looked at by the states after them. */
    private static Stream<String> ends(Reviewed it) {
        return it.workflows().entrySet().stream().flatMap(workflow -> {
            JsonNode states = workflow.getValue().path("States");
            return Reviewed.items(states).flatMap(state -> Reviewed.items(state.path("Catch")))
                    .map(each -> each.path("Next").asText()).distinct()
                    .filter(next -> succeeds(next, states, new HashSet<>()))
                    .map(next -> workflow.getKey() + "/" + next + ": after a failure this leads to success unrecorded");
        });
    }

    /** Whether a way leads to success past no task. */
    private static boolean succeeds(String name, JsonNode states, Set<String> seen) {
        JsonNode state = states.path(name);
        return switch (state.path("Type").asText()) {
            case "Succeed" -> true;
            case "Task", "Fail", "" -> false;
            default -> seen.add(name) && Stream.concat(Stream.of(state.path("Next"), state.path("Default")),
                    Reviewed.items(state.path("Choices")).map(choice -> choice.path("Next")))
                    .anyMatch(next -> succeeds(next.asText(), states, seen));
        };
    }

    private static Stream<String> functions(Reviewed it) {
        Map<String, JsonNode> asynchronous = it.all("AWS::Lambda::EventInvokeConfig").collect(Collectors.toMap(
                config -> config.properties().path("FunctionName").asText(), Resource::properties));
        Map<String, Integer> patience = it.tasks().values().stream().collect(Collectors.toMap(
                task -> task.at("/Arguments/FunctionName").asText().replaceAll("^\\$\\{|Arn}$", ""),
                task -> task.path("TimeoutSeconds").asInt(Integer.MAX_VALUE), Math::min));
        return it.all("AWS::Lambda::Function").flatMap(function -> {
            JsonNode properties = function.properties();
            boolean hook = properties.path("FunctionName").asText().startsWith("CodeDeployHook_");
            return Stream.of(
                    properties.path("Timeout").asInt() > 0 ? "" : function + ": no Timeout",
                    properties.path("Timeout").asInt() < patience.getOrDefault(function.id(), Integer.MAX_VALUE)
                            ? ""
                            : function + ": may still run when its workflow has given it up",
                    properties.at("/TracingConfig/Mode").asText().equals("Active") ? "" : function + ": not traced",
                    properties.at("/LoggingConfig/LogGroup").asText().isEmpty() ? function + ": logs anywhere" : "",
                    !hook || asynchronous.keySet().stream().anyMatch(properties.path("FunctionName").asText()::equals)
                            ? ""
                            : function + ": how often CodeDeploy's call is repeated is left open")
                    .filter(finding -> !finding.isEmpty());
        });
    }

    /** Functions that CodeDeploy or a rule invokes: Lambda repeats what fails, and then forgets it. */
    private static Stream<Resource> nobodyWaitsFor(Reviewed it) {
        Set<String> targets = it.all("AWS::Events::Rule")
                .flatMap(rule -> Reviewed.items(rule.properties().path("Targets")))
                .map(target -> target.path("Arn").asText().replaceFirst(".*:", "")).collect(Collectors.toSet());
        return it.all("AWS::Lambda::Function").filter(function -> name(function).startsWith("CodeDeployHook_")
                || targets.contains(name(function)));
    }

    private static Stream<String> losses(Reviewed it, Resource function) {
        boolean kept = function.properties().has("DeadLetterConfig")
                || it.all("AWS::Lambda::EventInvokeConfig").map(Resource::properties)
                        .anyMatch(config -> config.path("FunctionName").asText().equals(name(function))
                                && config.at("/DestinationConfig").has("OnFailure"));
        boolean told = it.all("AWS::CloudWatch::Alarm").map(Resource::properties)
                .anyMatch(alarm -> alarm.path("Namespace").asText().equals("AWS/Lambda")
                        && alarm.path("MetricName").asText().equals("Errors")
                        && alarm.at("/Dimensions/0/Value").asText().equals(name(function)));
        return Stream.of(kept ? "" : function + ": what it loses is kept nowhere",
                told ? "" : function + ": no alarm tells of its errors").filter(finding -> !finding.isEmpty());
    }

    private static String name(Resource function) {
        return function.properties().path("FunctionName").asText("greenlane-" + function);
    }

    private static Stream<String> alarms(Reviewed it) {
        Set<String> stopping = it.all("AWS::CodeDeploy::DeploymentGroup")
                .flatMap(group -> Reviewed.items(group.properties().at("/AlarmConfiguration/Alarms")))
                .map(alarm -> alarm.path("Name").asText()).collect(Collectors.toSet());
        String topic = it.given("AlarmTopicArn");
        return it.all("AWS::CloudWatch::Alarm")
                .filter(alarm -> stopping.stream().noneMatch(name -> name.endsWith("-" + alarm.id())))
                .filter(alarm -> Reviewed.items(alarm.properties().path("AlarmActions")).map(JsonNode::asText)
                        .noneMatch(action -> topic.isEmpty() ? action.endsWith("-Outcomes") : action.equals(topic)))
                .map(alarm -> alarm + ": tells nobody");
    }

    private static Stream<String> parameter(String name, JsonNode parameter) {
        boolean bounded = parameter.has("AllowedPattern") || parameter.has("AllowedValues")
                || (parameter.has("MinValue") && parameter.has("MaxValue"));
        boolean open = parameter.path("Default").asText().contains("0.0.0.0/0");
        boolean opened = name.endsWith("Cidr") && OF_THE_WORLD.stream()
                .anyMatch(range -> range.matches(parameter.path("AllowedPattern").asText(".*")));
        boolean careless = HOSTILE.matches(parameter.path("AllowedPattern").asText(""));
        boolean shown = name.matches("(?i).*(secret|password|token)$") && !parameter.path("NoEcho").asBoolean();
        return Stream.of(bounded ? "" : name + ": anything goes", open ? name + ": open to the world by default" : "",
                careless ? name + ": lets in hostile text" : "",
                opened ? name + ": can be opened to the world" : "",
                shown ? name + ": a secret without NoEcho" : "",
                parameter.path("Description").asText().isEmpty() ? name + ": no description" : "")
                .filter(finding -> !finding.isEmpty());
    }
}
