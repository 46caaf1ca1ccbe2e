package io.greenlane.rehearsal.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.template.Stack;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;

/**
 * What CloudFormation does to a stack when {@code sam deploy} brings new code, changed workflows and another setting: one resource
 * after the other, those first that others refer to. What is under way meanwhile meets some of the new and some of the old.
 */
final class Redeployment {
    /** Between two resources; CloudFormation takes longer, a release would be over before the last of them. */
    static final Duration STEP = Duration.ofMillis(500);

    private static final String SETTINGS = "SERVICES";

    private final VirtualCloud cloud;
    private final Stack stack;

    Redeployment(VirtualCloud cloud, Stack stack) {
        this.cloud = cloud;
        this.stack = stack;
    }

    /** Begins now and goes on as time passes. */
    void begin(String overlap) {
        Duration at = Duration.ZERO;
        for (Stack.Resource resource : stack.resources().values()) {
            String id = resource.physicalId();
            switch (resource.type()) {
                case "AWS::Lambda::Function" -> cloud.timeline.after(at, () -> bringCode(id, overlap));
                case "AWS::StepFunctions::StateMachine" -> cloud.timeline.after(at, () -> changeWorkflow(id));
                case "AWS::Events::Rule" -> cloud.timeline.after(at, () -> putAgain(id));
                default -> {
                    continue;
                }
            }
            at = at.plus(STEP);
        }
    }

    private void bringCode(String function, String overlap) {
        String settings = cloud.environment(function).get(SETTINGS);
        if (settings == null) {
            cloud.bringCode(function);
        } else {
            cloud.reconfigure(function, Map.of(SETTINGS,
                    settings.replaceAll("\"overlap\":\"[a-z-]+\"", "\"overlap\":\"" + overlap + "\"")));
        }
    }

    private void changeWorkflow(String arn) {
        ObjectNode definition = (ObjectNode) SampleSite.json(
                cloud.stepFunctions.describeStateMachine(it -> it.stateMachineArn(arn)).definition());
        definition.put("Comment", definition.path("Comment").asText() + " Deployed again.");
        cloud.stepFunctions.updateStateMachine(it -> it.stateMachineArn(arn).definition(definition.toString()));
    }

    private void putAgain(String name) {
        DescribeRuleResponse rule = cloud.events.describeRule(it -> it.name(name));
        cloud.events.putRule(it -> it.name(name).eventPattern(rule.eventPattern())
                .scheduleExpression(rule.scheduleExpression()).description(rule.description()).state(rule.state()));
        cloud.events.putTargets(it -> it.rule(name).targets(
                cloud.events.listTargetsByRule(list -> list.rule(name)).targets()));
    }
}
