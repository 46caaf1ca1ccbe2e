package io.greenlane.rehearsal.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the YAML, or JSON, text of a template into maps, lists, texts, numbers and booleans, with the short forms of
 * functions ({@code !Ref X}) in their long form ({@code {"Ref": "X"}}).
 *
 * <p>CloudFormation reads YAML 1.1, in which an unquoted {@code on} is a boolean and {@code 012} an octal number. Such a
 * word is refused here, because its author rarely means it. Dates stay text, as in CloudFormation.
 */
final class TemplateReader {
    private static final Set<String> FUNCTIONS = Set.of("And", "Base64", "Cidr", "Contains", "EachMemberEquals",
            "EachMemberIn", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not",
            "Or", "RefAll", "Select", "Split", "Sub", "ToJsonString", "Transform", "ValueOf", "ValueOfAll");

    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+\\.[0-9]+");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRAP = Pattern.compile("yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
            + "|[-+]?0[0-7_]+|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*_[0-9_]*|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+"
            + "|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?[eE][-+]?[0-9]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)|<<|=");

    private final String file;

    private TemplateReader(String file) {
        this.file = file;
    }

    /**
     * Reads a template.
     *
     * @param file its name, for messages
     * @throws TemplateException when it is not one YAML mapping, or uses what CloudFormation refuses
     */
    static Map<String, Object> read(String text, String file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        TemplateReader reader = new TemplateReader(file);
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (event.getEventId() == Event.ID.Alias) {
                    throw reader.at(event.getStartMark().orElse(null),
                            "YAML aliases are not allowed in CloudFormation templates");
                }
            }
            Node root = new Compose(settings).composeString(text)
                    .orElseThrow(() -> new TemplateException(file + " is empty"));
            if (!(root instanceof MappingNode mapping)) {
                throw new TemplateException(file + " must be a mapping of sections such as Resources");
            }
            return reader.map(mapping);
        } catch (YamlEngineException malformed) {
            throw new TemplateException(file + " is not YAML: " + malformed.getMessage(), malformed);
        }
    }

    private Map<String, Object> map(MappingNode mapping) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw at(entry.getKeyNode(), "A key must be a text");
            }
            Object name = key.isPlain() ? plain(key) : key.getValue();
            if (values.put(String.valueOf(name), value(entry.getValueNode())) != null) {
                throw at(key, "The key '" + name + "' appears twice");
            }
        }
        return values;
    }

    private Object value(Node node) {
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? function(tag.substring(1), node) : untagged(node);
    }

    private Object untagged(Node node) {
        return switch (node) {
            case MappingNode mapping -> map(mapping);
            case SequenceNode sequence -> list(sequence);
            case ScalarNode scalar when scalar.isPlain() -> plain(scalar);
            case ScalarNode scalar -> scalar.getValue();
            default -> throw at(node, "Unexpected YAML");
        };
    }

    private List<Object> list(SequenceNode sequence) {
        List<Object> values = new ArrayList<>();
        sequence.getValue().forEach(item -> values.add(value(item)));
        return values;
    }

    private Map<String, Object> function(String name, Node node) {
        Object argument = node instanceof ScalarNode scalar ? scalar.getValue() : untagged(node);
        if (name.equals("Ref") || name.equals("Condition")) {
            return Map.of(name, argument);
        }
        if (!FUNCTIONS.contains(name)) {
            throw at(node, "There is no function !" + name);
        }
        if (name.equals("GetAtt") && argument instanceof String path) {
            int dot = path.indexOf('.');
            if (dot < 1) {
                throw at(node, "!GetAtt needs a resource and an attribute, got '" + path + "'");
            }
            return Map.of("Fn::GetAtt", List.of(path.substring(0, dot), path.substring(dot + 1)));
        }
        return Map.of("Fn::" + name, argument);
    }

    private Object plain(ScalarNode scalar) {
        String text = scalar.getValue();
        if (TRAP.matcher(text).matches()) {
            throw at(scalar,
                    "CloudFormation does not read the unquoted '" + text + "' as text: put it in quotes, or write "
                            + "the number or true or false that is meant");
        }
        if (NULL.matcher(text).matches()) {
            throw at(scalar, "Null values are not allowed in CloudFormation templates");
        }
        if (BOOLEAN.matcher(text).matches()) {
            return Boolean.valueOf(text);
        }
        if (INTEGER.matcher(text).matches()) {
            return Long.valueOf(text);
        }
        return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }

    private TemplateException at(Node node, String problem) {
        return at(node.getStartMark().orElse(null), problem);
    }

    private TemplateException at(@Nullable Mark mark, String problem) {
        return new TemplateException(
                file + (mark == null ? "" : ", line " + (mark.getLine() + 1)) + ": " + problem);
    }
}
