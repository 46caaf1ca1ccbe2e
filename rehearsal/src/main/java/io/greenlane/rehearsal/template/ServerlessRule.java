package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ServerlessTransform.Expansion;
import io.greenlane.rehearsal.template.ServerlessTransform.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry under Events: the rule that SAM makes of it. */
final class ServerlessRule {
    private static final List<String> OF_TARGET = List.of("Input", "InputPath", "RetryPolicy", "DeadLetterConfig");

    private ServerlessRule() {}

    /**
     * Makes the rule.
     *
     * @param id its logical id
     * @param target Arn and Id, and a RoleArn where the target needs one; retry and dead-letter settings are added
     */
    static void expand(Expansion expansion, String id, Map<String, Object> target, Members event) {
        Object type = event.need("Type");
        Members properties = Members.of(event.where(), event.need("Properties"));
        event.finish();
        Map<String, Object> rule = new LinkedHashMap<>();
        if (type.equals("EventBridgeRule")) {
            rule.put("EventPattern", properties.need("Pattern"));
        } else if (type.equals("Schedule")) {
            rule.put("ScheduleExpression", properties.need("Schedule"));
            properties.move("Description", rule, "Description");
        } else {
            throw new TemplateException(event.where() + ": the type " + type + " is not expanded by the local cloud");
        }
        Object deadLetters = properties.take("DeadLetterConfig");
        if (deadLetters != null) {
            Members config = Members.of(event.where() + ", DeadLetterConfig", deadLetters);
            target.put("DeadLetterConfig", Map.of("Arn", config.need("Arn")));
            config.finish();
        }
        OF_TARGET.forEach(name -> properties.move(name, target, name));
        properties.finish();
        rule.put("Targets", List.of(target));
        expansion.beside(id, "AWS::Events::Rule", rule);
    }
}
