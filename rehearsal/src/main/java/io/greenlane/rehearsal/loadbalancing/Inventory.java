package io.greenlane.rehearsal.loadbalancing;

import io.greenlane.rehearsal.cloud.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** All load balancers, listeners, rules and target groups by ARN, in order of creation; read and written in turns. */
final class Inventory {
    final Map<String, BalancerState> balancers = new LinkedHashMap<>();
    final Map<String, ListenerState> listeners = new LinkedHashMap<>();
    final Map<String, GroupState> groups = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    private final Account account;
    private final RandomGenerator random;

    Inventory(Account account, RandomGenerator random) {
        this.account = account;
        this.random = random;
    }

    String arn(String resource) {
        return account.arn("elasticloadbalancing", resource);
    }

    /** Sixteen hex digits, as the last part of this API's ARNs. */
    String newId() {
        return "%016x".formatted(random.nextLong());
    }

    BalancerState balancer(@Nullable String arn) {
        BalancerState found = arn == null ? null : balancers.get(arn);
        if (found == null) {
            throw Faults.of(LoadBalancerNotFoundException.builder(), "LoadBalancerNotFound", "Load balancer '" + arn
                    + "' not found");
        }
        return found;
    }

    ListenerState listener(@Nullable String arn) {
        ListenerState found = arn == null ? null : listeners.get(arn);
        if (found == null) {
            throw Faults.of(ListenerNotFoundException.builder(), "ListenerNotFound", "Listener '" + arn
                    + "' not found");
        }
        return found;
    }

    ListenerState listenerOfRule(@Nullable String ruleArn) {
        return listeners.values().stream().filter(listener -> listener.rule(ruleArn).isPresent()).findFirst()
                .orElseThrow(() -> Faults.of(RuleNotFoundException.builder(), "RuleNotFound", "Rule '" + ruleArn
                        + "' not found"));
    }

    GroupState group(@Nullable String arn) {
        GroupState found = arn == null ? null : groups.get(arn);
        if (found == null) {
            throw Faults.of(TargetGroupNotFoundException.builder(), "TargetGroupNotFound", "Target group '" + arn
                    + "' not found");
        }
        return found;
    }

    /** Refuses an ARN that names nothing. */
    void requireResource(String arn) {
        if (arn.contains(":targetgroup/")) {
            group(arn);
        } else if (arn.contains(":listener-rule/")) {
            listenerOfRule(arn);
        } else if (arn.contains(":listener/")) {
            listener(arn);
        } else {
            balancer(arn);
        }
    }

    void tag(String arn, List<Tag> added) {
        Map<String, String> tagsOfResource = tags.computeIfAbsent(arn, key -> new LinkedHashMap<>());
        added.forEach(tag -> tagsOfResource.put(tag.key(), tag.value() == null ? "" : tag.value()));
    }

    void untag(String arn, List<String> keys) {
        tags.getOrDefault(arn, new LinkedHashMap<>()).keySet().removeAll(keys);
    }

    List<Tag> tagsOf(String arn) {
        List<Tag> found = new ArrayList<>();
        tags.getOrDefault(arn, Map.of()).forEach((key, value) -> found.add(Tag.builder().key(key).value(value)
                .build()));
        return found;
    }

    void forgetTags(String arn) {
        tags.remove(arn);
    }

    /** ARNs of the load balancers whose listeners refer to the group, also with weight 0. */
    List<String> balancersUsing(String groupArn) {
        return listeners.values().stream().filter(listener -> listener.groupArns().anyMatch(groupArn::equals))
                .map(ListenerState::balancerArn).distinct().toList();
    }
}
