package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** AWS::Events resources. */
record EventsResources(EventBridgeClient events) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Map<String, ResourceType> types() {
        return Map.of("AWS::Events::Rule", this::rule);
    }

    private Created rule(ResourceRequest request) {
        String name = request.name("Name", 64);
        Optional<Object> pattern = request.value("EventPattern");
        List<Target> targets = new ArrayList<>();
        Values.list(request.value("Targets").orElse(List.of()), request.where("Targets")).forEach(
                each -> targets.add(SdkShape.fill(Target.builder(), each, request.where("Targets")).build()));
        PutRuleRequest.Builder rule = SdkShape.fill(PutRuleRequest.builder().name(name), request);
        pattern.ifPresent(value -> rule.eventPattern(JSON.valueToTree(value).toString()));
        String arn = events.putRule(rule.build()).ruleArn();
        if (!targets.isEmpty()) {
            events.putTargets(put -> put.rule(name).targets(targets));
        }
        return new Created(name, Map.of("Arn", arn));
    }
}
