package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** CloudFormation of the local cloud: creates stacks from templates. It must be called in a turn of the timeline. */
public final class StackDeployer {
    private static final Map<Path, Expanded> EXPANDED = new ConcurrentHashMap<>();
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");
    private static final Set<String> ATTRIBUTES = Set.of("Type", "Properties", "Condition", "DependsOn",
            "DeletionPolicy", "UpdateReplacePolicy", "Metadata");
    private static final Set<String> OUTPUT = Set.of("Value", "Description", "Condition");

    private final Account account;
    private final ResourceTypes types;

    public StackDeployer(Account account, CloudClients clients) {
        this.account = account;
        this.types = new ResourceTypes(account, clients);
    }

    /**
     * Creates a stack, and the stacks nested in it.
     *
     * @param parameters texts by name; those left out take their default
     * @throws TemplateException when CloudFormation would refuse the template or the parameters, or when the local cloud
     *     cannot provision something that the template says; resources created before stay
     */
    public Stack deploy(String stackName, Path templateFile, Map<String, String> parameters) {
        if (!NAME.matcher(stackName).matches()) {
            throw new TemplateException("A stack name begins with a letter and has letters, digits and hyphens, got '"
                    + stackName + "'");
        }
        return new Creation(stackName, expanded(templateFile), parameters).run();
    }

    /** Templates are only read, so one that has not changed is read once for all clouds of a simulation. */
    private static Template expanded(Path templateFile) {
        Path file = templateFile.toAbsolutePath();
        long changed = file.toFile().lastModified();
        return EXPANDED.compute(file, (path, known) -> known != null && known.changed() == changed
                ? known
                : new Expanded(changed, ServerlessTransform.expand(Template.read(path)))).template();
    }

    private record Expanded(long changed, Template template) {}

    private Map<String, Object> pseudoParameters(String stackName) {
        return Map.of("AWS::AccountId", account.id(), "AWS::Region", account.region(), "AWS::Partition", "aws",
                "AWS::URLSuffix", "amazonaws.com", "AWS::StackName", stackName, "AWS::StackId", stackId(stackName));
    }

    private String stackId(String stackName) {
        return account.arn("cloudformation", "stack/" + stackName + "/local");
    }

    /** One stack on its way. */
    private final class Creation implements Intrinsics.References {
        private final String stackName;
        private final Template template;
        private final Intrinsics constants;
        private final Conditions conditions;
        private final Map<String, Created> created = new LinkedHashMap<>();
        private final Map<String, Stack.Resource> resources = new LinkedHashMap<>();
        private final Map<String, Stack> nested = new LinkedHashMap<>();

        Creation(String stackName, Template template, Map<String, String> given) {
            this.stackName = stackName;
            this.template = template;
            Map<String, Object> names = new LinkedHashMap<>(pseudoParameters(stackName));
            names.putAll(StackParameters.resolve(template.file(), template.parameters(), given));
            this.constants = new Intrinsics(names, template.mappings(), Intrinsics.References.NONE);
            TemplateRules.check(template.file(), template.rules(), constants);
            this.conditions = new Conditions(template.conditions(), constants);
        }

        Stack run() {
            Map<String, Map<String, Object>> wanted = wanted();
            ResourceOrder.of(wanted).forEach(id -> create(id, wanted.getOrDefault(id, Map.of())));
            return new Stack(stackName, outputs(), resources, nested);
        }

        /** The resources whose condition holds, without Fn::If. */
        private Map<String, Map<String, Object>> wanted() {
            Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
            template.resources().forEach((id, written) -> {
                String where = "Resource " + id;
                Map<String, Object> resource = Template.map(written, where);
                only(ATTRIBUTES, resource, where);
                if (holds(resource, where)) {
                    resource.put("Properties",
                            conditions.prune(resource.getOrDefault("Properties", Map.of()), where));
                    wanted.put(id, resource);
                }
            });
            return wanted;
        }

        private void create(String id, Map<String, Object> resource) {
            String where = "Resource " + id;
            Map<String, Object> properties = Template.map(
                    constants.with(this).evaluate(resource.getOrDefault("Properties", Map.of()), where), where);
            String type = String.valueOf(resource.get("Type"));
            ResourceRequest request = new ResourceRequest(stackName, id, template.folder(), properties);
            Created result = type.equals("AWS::CloudFormation::Stack") ? nest(request) : types.create(type, request);
            created.put(id, result);
            resources.put(id, new Stack.Resource(type, result.ref(), properties));
        }

        private Created nest(ResourceRequest request) {
            Map<String, String> parameters = new LinkedHashMap<>();
            request.map("Parameters").forEach(
                    (name, value) -> parameters.put(name, Values.text(value, request.where("Parameters, " + name))));
            Path file = template.folder().resolve(request.needText("TemplateURL"));
            request.recordOnly("Tags");
            request.finish();
            Stack stack = deploy(request.name(null, 128), file, parameters);
            nested.put(request.logicalId(), stack);
            Map<String, String> attributes = new LinkedHashMap<>();
            stack.outputs().forEach((name, value) -> attributes.put("Outputs." + name, value));
            return new Created(stackId(stack.name()), attributes);
        }

        private Map<String, String> outputs() {
            Map<String, String> outputs = new LinkedHashMap<>();
            template.outputs().forEach((name, written) -> {
                String where = "Output " + name;
                Map<String, Object> output = Template.map(written, where);
                only(OUTPUT, output, where);
                if (holds(output, where)) {
                    Object value = conditions.prune(output.getOrDefault("Value", Map.of()), where);
                    outputs.put(name, Values.text(constants.with(this).evaluate(value, where), where));
                }
            });
            return outputs;
        }

        private boolean holds(Map<String, Object> item, String where) {
            Object condition = item.get("Condition");
            return condition == null || conditions.holds(Values.text(condition, where), where);
        }

        private static void only(Set<String> known, Map<String, Object> members, String where) {
            members.keySet().stream().filter(member -> !known.contains(member)).findFirst().ifPresent(member -> {
                throw new TemplateException(where + ": the local cloud does not know the attribute " + member);
            });
        }

        @Override
        public Object ref(String logicalId, String where) {
            return find(logicalId, where).ref();
        }

        @Override
        public Object attribute(String logicalId, String attribute, String where) {
            String value = find(logicalId, where).attributes().get(attribute);
            if (value == null) {
                throw new TemplateException(
                        where + ": the local cloud does not know the attribute " + attribute + " of "
                                + logicalId);
            }
            return value;
        }

        private Created find(String logicalId, String where) {
            Created found = created.get(logicalId);
            if (found == null) {
                throw new TemplateException(where + ": there is no parameter or resource " + logicalId);
            }
            return found;
        }
    }
}
