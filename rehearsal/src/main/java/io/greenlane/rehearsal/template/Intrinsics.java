package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.Values.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Evaluates the functions of a template.
 *
 * @param names parameters and pseudo parameters: texts or lists of texts
 * @param mappings the section Mappings
 * @param resources the resources that exist so far
 */
record Intrinsics(Map<String, Object> names, Map<String, Object> mappings, References resources) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    /** What Ref and GetAtt of a resource give. */
    interface References {
        /** References to resources where there are none, as in conditions. */
        References NONE = new References() {
            @Override
            public Object ref(String logicalId, String where) {
                throw new TemplateException(where + ": there is no parameter or resource " + logicalId);
            }

            @Override
            public Object attribute(String logicalId, String attribute, String where) {
                throw new TemplateException(where + ": attributes of resources are not known here, got " + logicalId
                        + "." + attribute);
            }
        };

        Object ref(String logicalId, String where);

        Object attribute(String logicalId, String attribute, String where);
    }

    /** The same with resources. */
    Intrinsics with(References known) {
        return new Intrinsics(names, mappings, known);
    }

    /**
     * The value with every function in it evaluated; Fn::If and AWS::NoValue have gone before.
     *
     * @param where which part of the template it is, for messages
     */
    Object evaluate(Object value, String where) {
        Call call = Values.call(value, where).orElse(null);
        if (call != null) {
            return apply(call);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> evaluated = new LinkedHashMap<>();
            map.forEach((key, member) -> evaluated.put(String.valueOf(key), evaluate(member, where)));
            return evaluated;
        }
        if (value instanceof List<?> list) {
            List<Object> evaluated = new ArrayList<>();
            list.forEach(item -> evaluated.add(evaluate(item, where)));
            return evaluated;
        }
        return value;
    }

    private Object apply(Call call) {
        String where = call.where();
        return switch (call.name()) {
            case "Ref" -> ref(call.name(call.argument()), where);
            case "Fn::GetAtt" -> {
                List<?> path = call.arguments(2, 2);
                yield resources.attribute(call.name(path.get(0)), call.name(evaluate(path.get(1), where)), where);
            }
            case "Fn::Sub" -> call.argument() instanceof List<?>
                    ? substitute(call.name(call.arguments(2, 2).get(0)), variables(call), where)
                    : substitute(call.name(call.argument()), Map.of(), where);
            case "Fn::Join" -> {
                List<?> both = call.arguments(2, 2);
                String separator = call.name(both.get(0));
                yield Values.list(evaluate(both.get(1), where), where).stream().map(item -> Values.text(item, where))
                        .collect(Collectors.joining(separator));
            }
            case "Fn::Split" -> {
                List<?> both = call.arguments(2, 2);
                yield List.of(Values.text(evaluate(both.get(1), where), where)
                        .split(Pattern.quote(call.name(both.get(0))), -1));
            }
            case "Fn::Select" -> select(call);
            case "Fn::FindInMap" -> find(call);
            default ->
                throw new TemplateException(where + ": " + call.name() + " is not provisioned by the local cloud");
        };
    }

    private Object ref(String name, String where) {
        Object constant = names.get(name);
        if (constant == null && name.startsWith("AWS::")) {
            throw new TemplateException(where + ": there is no pseudo parameter " + name + " here");
        }
        return constant == null ? resources.ref(name, where) : constant;
    }

    private Map<String, Object> variables(Call call) {
        return Template.map(evaluate(call.arguments(2, 2).get(1), call.where()),
                call.where() + ": the variables of Fn::Sub");
    }

    private String substitute(String text, Map<String, Object> variables, String where) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1).strip();
            String replacement = name.startsWith("!")
                    ? "${" + name.substring(1) + "}"
                    : Values.text(value(name, variables, where), where + ": ${" + name + "}");
            variable.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return variable.appendTail(result).toString();
    }

    private Object value(String name, Map<String, Object> variables, String where) {
        Object variable = variables.get(name);
        if (variable != null) {
            return variable;
        }
        int dot = name.indexOf('.');
        return dot < 0
                ? ref(name, where)
                : resources.attribute(name.substring(0, dot), name.substring(dot + 1), where);
    }

    private Object select(Call call) {
        List<?> both = call.arguments(2, 2);
        List<?> items = Values.list(evaluate(both.get(1), call.where()), call.where() + ": the list of Fn::Select");
        String index = call.name(evaluate(both.get(0), call.where()));
        if (!index.matches("[0-9]{1,4}") || Integer.parseInt(index) >= items.size()) {
            throw new TemplateException(call.where() + ": Fn::Select cannot select " + index + " of " + items);
        }
        return items.get(Integer.parseInt(index));
    }

    private Object find(Call call) {
        List<String> path = call.arguments(3, 3).stream().map(key -> call.name(evaluate(key, call.where()))).toList();
        Object found = mappings;
        for (String key : path) {
            if (!(found instanceof Map<?, ?> level) || !level.containsKey(key)) {
                throw new TemplateException(call.where() + ": the mappings have no " + String.join(".", path));
            }
            found = level.get(key);
        }
        if (found == null) {
            throw new TemplateException(call.where() + ": the mappings have no " + String.join(".", path));
        }
        return found;
    }
}
