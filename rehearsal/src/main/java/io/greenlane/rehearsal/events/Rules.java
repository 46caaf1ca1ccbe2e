package io.greenlane.rehearsal.events;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.LimitExceededException;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The rules of the default bus by name. */
final class Rules {
    static final String DEFAULT_BUS = "default";
    private static final Pattern NAME = Pattern.compile("[.\\-_A-Za-z0-9]{1,64}");
    private static final int MOST_RULES = 300;
    private static final int MOST_TARGETS = 5;
    private final Account account;
    private final Map<String, Rule> rules = new TreeMap<>();

    Rules(Account account) {
        this.account = account;
    }

    Rule put(PutRuleRequest request) {
        checkBus(request.eventBusName());
        checkName("name", request.name());
        if (request.eventPattern() == null && request.scheduleExpression() == null) {
            throw validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }
        Rule rule = rules.get(request.name());
        if (rule == null) {
            if (rules.size() >= MOST_RULES) {
                throw LimitExceededException.builder()
                        .message("The requested resource exceeds the maximum number allowed.").build();
            }
            rule = new Rule(account.arn("events", "rule/" + request.name()), request);
        }
        rule.define(request);
        rules.put(request.name(), rule);
        for (var tag : request.tags()) {
            rule.tags().put(tag.key(), tag.value());
        }
        return rule;
    }

    Rule get(String name, @Nullable String bus) {
        checkBus(bus);
        Rule rule = rules.get(name);
        if (rule == null) {
            throw ResourceNotFoundException.builder()
                    .message("Rule " + name + " does not exist on EventBus " + DEFAULT_BUS + ".").build();
        }
        return rule;
    }

    Rule byArn(String arn) {
        return get(arn.substring(arn.lastIndexOf('/') + 1), null);
    }

    void delete(String name, @Nullable String bus) {
        checkBus(bus);
        Rule rule = rules.get(name);
        if (rule != null && !rule.targets().isEmpty()) {
            throw validation("Rule can't be deleted since it has targets.");
        }
        rules.remove(name);
    }

    Collection<Rule> all() {
        return rules.values();
    }

    boolean isDefined(Rule rule) {
        return rules.get(rule.name()) == rule;
    }

    /** Adds or replaces targets; answers the entries that failed. */
    List<PutTargetsResultEntry> putTargets(Rule rule, List<Target> targets) {
        Map<String, Target> changed = new LinkedHashMap<>(rule.targets());
        List<PutTargetsResultEntry> failed = new ArrayList<>();
        for (Target target : targets) {
            checkName("targets.member.id", target.id());
            String refusal = refusal(target);
            if (refusal == null) {
                changed.put(target.id(), target);
            } else {
                failed.add(PutTargetsResultEntry.builder().targetId(target.id()).errorCode("ValidationException")
                        .errorMessage(refusal).build());
            }
        }
        if (changed.size() > MOST_TARGETS) {
            throw LimitExceededException.builder()
                    .message("The requested resource exceeds the maximum number allowed.").build();
        }
        rule.targets().putAll(changed);
        return failed;
    }

    static void checkBus(@Nullable String nameOrArn) {
        if (nameOrArn != null && !nameOrArn.equals(DEFAULT_BUS) && !nameOrArn.endsWith(":event-bus/" + DEFAULT_BUS)) {
            throw ResourceNotFoundException.builder().message("Event bus " + nameOrArn + " does not exist.").build();
        }
    }

    static EventBridgeException validation(String message) {
        return (EventBridgeException) EventBridgeException.builder().statusCode(400).message(message).awsErrorDetails(
                AwsErrorDetails.builder().errorCode("ValidationException").errorMessage(message).build()).build();
    }

    private static @Nullable String refusal(Target target) {
        String arn = target.arn();
        if (!arn.startsWith("arn:")) {
            return "Parameter " + arn + " is not valid. Reason: Provided Arn is not in correct format.";
        }
        if (!TargetDelivery.serves(arn)) {
            return "The local cloud does not simulate targets like " + arn
                    + ": only Lambda, Step Functions, SQS and SNS";
        }
        if (arn.contains(":states:") && target.roleArn() == null) {
            return "RoleArn is required for target " + arn + ".";
        }
        return null;
    }

    private static void checkName(String member, String name) {
        if (!NAME.matcher(name).matches()) {
            throw validation("1 validation error detected: Value '" + name + "' at '" + member
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + "[\\.\\-_A-Za-z0-9]+, and have at most 64 characters");
        }
    }
}
