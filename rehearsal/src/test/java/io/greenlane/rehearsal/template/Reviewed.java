package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The templates below a folder, as CloudFormation would create them with some parameters.
 *
 * @param serverless resources of SAM as they are written
 * @param resources of the stack and of those nested in it, every function evaluated
 * @param workflows definitions of state machines, by file name
 * @param texts of the templates as they are written, by file name
 * @param parameters of the templates as they are written, by file name and name
 * @param given the parameters of the stack
 */
record Reviewed(List<Resource> serverless, List<Resource> resources, Map<String, JsonNode> workflows,
        Map<String, String> texts, Map<String, JsonNode> parameters, Map<String, String> given) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> TEMPLATES = List.of("template.yaml", "infrastructure/sample-website.yaml");
    private static final List<String> WORKFLOWS = List.of("release", "validation", "deadline");

    /**
     * A resource.
     *
     * @param id of the template
     * @param written all of it as it is in the expanded template
     */
    record Resource(String id, String type, JsonNode properties, JsonNode written) {
        boolean is(String wanted) {
            return type.equals(wanted);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** A statement of a policy, and whose it is. */
    record Statement(String owner, JsonNode written) {
        List<String> actions() {
            return texts("Action");
        }

        List<String> resources() {
            return texts("Resource");
        }

        boolean allows() {
            return written.path("Effect").asText().equals("Allow");
        }

        boolean grants(String action) {
            return allows() && actions().contains(action);
        }

        JsonNode condition(String operator, String key) {
            return written.path("Condition").path(operator).path(key);
        }

        private List<String> texts(String member) {
            JsonNode value = written.path(member);
            return value.isArray() ? items(value).map(JsonNode::asText).toList() : List.of(value.asText());
        }

        @Override
        public String toString() {
            return owner + " " + actions();
        }
    }

    /** Reads and expands what is below the folder. */
    static Reviewed of(Path root, Map<String, String> parameters) {
        Stack stack = new StackDeployer(new Account("111122223333", "eu-west-1"), new RecordingCloud().clients())
                .deploy("greenlane", root.resolve(TEMPLATES.getFirst()), parameters);
        Map<String, JsonNode> workflows = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, JsonNode> declared = new LinkedHashMap<>();
        List<Resource> resources = new ArrayList<>();
        try {
            for (String workflow : WORKFLOWS) {
                workflows.put(workflow, JSON.readTree(root.resolve("statemachine/" + workflow + ".asl.json").toFile()));
            }
            for (String template : TEMPLATES) {
                texts.put(template, Files.readString(root.resolve(template)));
                Template.read(root.resolve(template)).parameters()
                        .forEach((name, value) -> declared.put(template + " " + name, JSON.valueToTree(value)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Template main = Template.read(root.resolve(TEMPLATES.getFirst()));
        add(resources, stack, ServerlessTransform.expand(main));
        stack.nested().values()
                .forEach(nested -> add(resources, nested, Template.read(root.resolve(TEMPLATES.getLast()))));
        return new Reviewed(serverless(main), resources, workflows, texts, declared, parameters);
    }

    private static List<Resource> serverless(Template template) {
        return template.resources().entrySet().stream().map(each -> {
            JsonNode written = JSON.valueToTree(each.getValue());
            return new Resource(each.getKey(), written.path("Type").asText(), written.path("Properties"), written);
        }).filter(resource -> resource.type().startsWith("AWS::Serverless::")).toList();
    }

    private static void add(List<Resource> resources, Stack stack, Template template) {
        stack.resources().forEach((id, resource) -> resources.add(new Resource(id, resource.type(),
                JSON.valueToTree(resource.properties()), JSON.valueToTree(template.resources().get(id)))));
    }

    /** What a parameter of the stack says; empty when it is left out. */
    String given(String parameter) {
        return given.getOrDefault(parameter, "");
    }

    Stream<Resource> all(String type) {
        return resources.stream().filter(resource -> resource.is(type));
    }

    /** The elements of a list; none of what is no list. */
    static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** What a role is granted, by itself and by managed policies of the templates. */
    Stream<Statement> grants(Resource role) {
        Set<String> attached = items(role.properties().path("ManagedPolicyArns")).map(JsonNode::asText)
                .collect(Collectors.toSet());
        Set<String> owners = Stream.concat(Stream.of(role.id()), all("AWS::IAM::ManagedPolicy").map(Resource::id)
                .filter(policy -> attached.stream().anyMatch(arn -> arn.endsWith("-" + policy))))
                .collect(Collectors.toSet());
        return grants().filter(statement -> owners.contains(statement.owner()));
    }

    /** What roles and managed policies of the templates grant. */
    Stream<Statement> grants() {
        Stream<Statement> inline = all("AWS::IAM::Role").flatMap(role -> items(role.properties().path("Policies"))
                .flatMap(policy -> statements(role, policy.path("PolicyDocument"))));
        return Stream.concat(inline, all("AWS::IAM::ManagedPolicy")
                .flatMap(policy -> statements(policy, policy.properties().path("PolicyDocument"))));
    }

    /** What the policies of queues, topics and buckets say. */
    Stream<Statement> resourcePolicies() {
        return resources.stream().filter(it -> it.type().matches("AWS::(SQS::Queue|SNS::Topic|S3::Bucket)Policy"))
                .flatMap(policy -> statements(policy, policy.properties().path("PolicyDocument")));
    }

    /** What the policies of keys say. */
    Stream<Statement> keyPolicies() {
        return all("AWS::KMS::Key").flatMap(key -> statements(key, key.properties().path("KeyPolicy")));
    }

    /** Who may assume the roles. */
    Stream<Statement> trusts() {
        return all("AWS::IAM::Role")
                .flatMap(role -> statements(role, role.properties().path("AssumeRolePolicyDocument")));
    }

    private static Stream<Statement> statements(Resource owner, JsonNode document) {
        return items(document.path("Statement")).map(written -> new Statement(owner.id(), written));
    }

    /** Task states of all workflows, those of maps too, by workflow and name. */
    Map<String, JsonNode> tasks() {
        Map<String, JsonNode> tasks = new LinkedHashMap<>();
        workflows.forEach((name, definition) -> collect(name, definition.path("States"), tasks,
                state -> state.path("Type").asText().equals("Task")));
        return tasks;
    }

    private static void collect(String path, JsonNode states, Map<String, JsonNode> found, Predicate<JsonNode> wanted) {
        states.properties().forEach(state -> {
            String name = path + "/" + state.getKey();
            if (wanted.test(state.getValue())) {
                found.put(name, state.getValue());
            }
            collect(name, state.getValue().path("ItemProcessor").path("States"), found, wanted);
        });
    }
}
