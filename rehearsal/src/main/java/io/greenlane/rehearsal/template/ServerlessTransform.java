package io.greenlane.rehearsal.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transform AWS::Serverless-2016-10-31 for what the templates use: functions, state machines, nested applications,
 * and the rules, permissions, roles and invoke configurations that SAM makes of them.
 *
 * <p>Compared with aws-sam-translator in CI. The one difference: code, definition and nested template stay paths of local
 * files, which `sam package` would have uploaded.
 */
final class ServerlessTransform {
    private static final Set<String> ATTRIBUTES = Set.of("Type", "Properties", "Condition", "DependsOn",
            "DeletionPolicy", "UpdateReplacePolicy", "Metadata");

    private final String file;
    private final Map<String, Object> functionGlobals;
    private final Map<String, Object> expanded = new LinkedHashMap<>();

    private ServerlessTransform(Template template) {
        this.file = template.file();
        template.globals().keySet().stream().filter(section -> !section.equals("Function")).forEach(section -> {
            throw new TemplateException(file + ": Globals of " + section + " are not expanded by the local cloud");
        });
        this.functionGlobals = Template.map(template.globals().getOrDefault("Function", Map.of()), file + ", Globals");
    }

    static Template expand(Template template) {
        if (!template.serverless()) {
            return template;
        }
        ServerlessTransform transform = new ServerlessTransform(template);
        template.resources().forEach(transform::expand);
        return template.withResources(transform.expanded);
    }

    private void expand(String id, Object written) {
        Map<String, Object> resource = Template.map(written, file + ", resource " + id);
        String type = String.valueOf(resource.get("Type"));
        if (!type.startsWith("AWS::Serverless::")) {
            expanded.put(id, resource);
            return;
        }
        resource.keySet().stream().filter(attribute -> !ATTRIBUTES.contains(attribute)).forEach(attribute -> {
            throw new TemplateException("Resource " + id + ": the attribute " + attribute + " is not known here");
        });
        Map<String, Object> properties = Template.map(resource.getOrDefault("Properties", Map.of()), "Resource " + id);
        Expansion expansion = new Expansion(id, resource);
        switch (type) {
            case "AWS::Serverless::Function" ->
                ServerlessFunction.expand(expansion, new Members(id, merge(functionGlobals, properties)));
            case "AWS::Serverless::StateMachine" ->
                ServerlessStateMachine.expand(expansion, new Members(id, properties));
            case "AWS::Serverless::Application" -> application(expansion, new Members(id, properties));
            default -> throw new TemplateException("Resource " + id + ": the type " + type
                    + " is not expanded by the local cloud");
        }
    }

    private static void application(Expansion expansion, Members properties) {
        Map<String, Object> stack = new LinkedHashMap<>();
        properties.move("Location", stack, "TemplateURL");
        properties.move("Parameters", stack, "Parameters");
        properties.finish();
        stack.put("Tags", createdBy("lambda"));
        expansion.main("AWS::CloudFormation::Stack", stack);
    }

    static List<Object> createdBy(String service) {
        return List.of(Map.of("Key", service + ":createdBy", "Value", "SAM"));
    }

    /** Globals under the function's own: mappings are merged, lists joined, anything else is overridden. */
    private static Map<String, Object> merge(Map<String, Object> globals, Map<String, Object> own) {
        Map<String, Object> merged = new LinkedHashMap<>(globals);
        own.forEach((name, value) -> merged.merge(name, value, ServerlessTransform::merge));
        return merged;
    }

    private static Object merge(Object global, Object own) {
        if (global instanceof List<?> first && own instanceof List<?> second) {
            List<Object> joined = new ArrayList<>(first);
            joined.addAll(second);
            return joined;
        }
        if (global instanceof Map<?, ?> && own instanceof Map<?, ?> && Values.call(global, "Globals").isEmpty()
                && Values.call(own, "Globals").isEmpty()) {
            return merge(Template.map(global, "Globals"), Template.map(own, "Globals"));
        }
        return own;
    }

    /** The resources that one serverless resource becomes. */
    final class Expansion {
        private final String id;
        private final Map<String, Object> written;

        Expansion(String id, Map<String, Object> written) {
            this.id = id;
            this.written = written;
        }

        String id() {
            return id;
        }

        /** The resource that keeps the logical id and the attributes. */
        void main(String type, Map<String, Object> properties) {
            Map<String, Object> resource = new LinkedHashMap<>(written);
            resource.put("Type", type);
            resource.put("Properties", properties);
            expanded.put(id, resource);
        }

        /** A resource made beside it, under the same condition. */
        void beside(String logicalId, String type, Map<String, Object> properties) {
            Map<String, Object> resource = new LinkedHashMap<>();
            resource.put("Type", type);
            @Nullable
            Object condition = written.get("Condition");
            if (condition != null) {
                resource.put("Condition", condition);
            }
            resource.put("Properties", properties);
            if (expanded.put(logicalId, resource) != null) {
                throw new TemplateException("Resource " + id + ": SAM would make a second resource " + logicalId);
            }
        }
    }

    /** Members of a mapping that must all be understood. */
    static final class Members {
        private final String where;
        private final Map<String, Object> left;

        Members(String where, Map<String, Object> members) {
            this.where = where;
            this.left = new LinkedHashMap<>(members);
        }

        static Members of(String where, Object value) {
            return new Members(where, Template.map(value, where));
        }

        String where() {
            return where;
        }

        @Nullable
        Object take(String name) {
            return left.remove(name);
        }

        Object need(String name) {
            Object value = left.remove(name);
            if (value == null) {
                throw new TemplateException(where + " needs " + name);
            }
            return value;
        }

        /** Moves a member, if it is there, to another mapping under another name. */
        void move(String name, Map<String, Object> target, String as) {
            Object value = left.remove(name);
            if (value != null) {
                target.put(as, value);
            }
        }

        void finish() {
            if (!left.isEmpty()) {
                throw new TemplateException(where + ": the local cloud does not expand the SAM "
                        + (left.size() == 1 ? "property " : "properties ") + String.join(", ", left.keySet()));
            }
        }
    }
}
