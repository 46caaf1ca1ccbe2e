package io.greenlane.rehearsal.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DeleteRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeEventBusResponse;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DisableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.EnableRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListEventBusesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRuleNamesByTargetResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.PutRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutTargetsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsRequest;
import software.amazon.awssdk.services.eventbridge.model.RemoveTargetsResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.TagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.TagResourceResponse;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternRequest;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternResponse;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceRequest;
import software.amazon.awssdk.services.eventbridge.model.UntagResourceResponse;

/** The EventBridge API and the default bus of the local cloud. */
public final class SimulatedEventBridge implements EventBridgeClient, EventBus {
    private static final int MOST_ENTRIES = 10;
    private static final int MOST_BYTES = 256 * 1024;
    /** Real work is not shortened with waits: runs of a schedule closer than this would pile up. */
    private static final Duration LEAST_BETWEEN_RUNS = Duration.ofSeconds(10);
    private final Account account;
    private final Timeline timeline;
    private final Journal journal;
    private final RandomGenerator random;
    private final EventSwitches switches;
    private final Rules rules;
    private final Dispatch dispatch;

    /** @param targets asked at delivery, so the services may be made after this one */
    public SimulatedEventBridge(Account account, Timeline timeline, Journal journal, RandomGenerator random,
            Supplier<EventTargets> targets, EventSwitches switches) {
        this.account = account;
        this.timeline = timeline;
        this.journal = journal;
        this.random = random;
        this.switches = switches;
        this.rules = new Rules(account);
        this.dispatch = new Dispatch(timeline, journal, random,
                new TargetDelivery(targets, switches.executionNames(), random), targets);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing outside this process's memory.
    }

    @Override
    public void announce(String source, String detailType, List<String> resources, Map<String, Object> detail) {
        publish(Event.of(newId(), account, timeline.now(), source, detailType, resources,
                Event.JSON.valueToTree(detail)));
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        int count = request.entries().size();
        if (count < 1 || count > MOST_ENTRIES) {
            throw Rules
                    .validation("1 validation error detected: Value at 'entries' failed to satisfy constraint: Member "
                            + "must have length less than or equal to 10, and at least 1");
        }
        if (request.entries().stream().mapToInt(SimulatedEventBridge::bytes).sum() > MOST_BYTES) {
            throw Rules.validation("Total size of the entries in the request is over the limit.");
        }
        List<PutEventsResultEntry> results = request.entries().stream().map(this::put).toList();
        return PutEventsResponse.builder().entries(results)
                .failedEntryCount((int) results.stream().filter(result -> result.errorCode() != null).count()).build();
    }

    @Override
    public TestEventPatternResponse testEventPattern(TestEventPatternRequest request) {
        EventPattern pattern = EventPattern.of(request.eventPattern());
        try {
            return TestEventPatternResponse.builder().result(pattern.matches(request.event())).build();
        } catch (IllegalArgumentException malformed) {
            throw Rules.validation("Parameter Event is not valid.");
        }
    }

    @Override
    public PutRuleResponse putRule(PutRuleRequest request) {
        Rule rule = rules.put(request);
        scheduleNext(rule);
        return PutRuleResponse.builder().ruleArn(rule.arn()).build();
    }

    @Override
    public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
        Rule rule = rules.get(request.name(), request.eventBusName());
        PutRuleRequest definition = rule.definition();
        return DescribeRuleResponse.builder().name(rule.name()).arn(rule.arn()).eventBusName(Rules.DEFAULT_BUS)
                .eventPattern(definition.eventPattern()).scheduleExpression(definition.scheduleExpression())
                .description(definition.description()).roleArn(definition.roleArn()).state(rule.state())
                .createdBy(account.id()).build();
    }

    @Override
    public ListRulesResponse listRules(ListRulesRequest request) {
        Rules.checkBus(request.eventBusName());
        return ListRulesResponse.builder().rules(rules.all().stream()
                .filter(rule -> request.namePrefix() == null || rule.name().startsWith(request.namePrefix()))
                .map(rule -> software.amazon.awssdk.services.eventbridge.model.Rule.builder().name(rule.name())
                        .arn(rule.arn()).eventBusName(Rules.DEFAULT_BUS).eventPattern(rule.definition().eventPattern())
                        .scheduleExpression(rule.definition().scheduleExpression())
                        .description(rule.definition().description()).roleArn(rule.definition().roleArn())
                        .state(rule.state()).build())
                .toList()).build();
    }

    @Override
    public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
        rules.delete(request.name(), request.eventBusName());
        return DeleteRuleResponse.builder().build();
    }

    @Override
    public EnableRuleResponse enableRule(EnableRuleRequest request) {
        Rule rule = rules.get(request.name(), request.eventBusName());
        rule.state(RuleState.ENABLED);
        scheduleNext(rule);
        return EnableRuleResponse.builder().build();
    }

    @Override
    public DisableRuleResponse disableRule(DisableRuleRequest request) {
        rules.get(request.name(), request.eventBusName()).state(RuleState.DISABLED);
        return DisableRuleResponse.builder().build();
    }

    @Override
    public PutTargetsResponse putTargets(PutTargetsRequest request) {
        List<PutTargetsResultEntry> failed = rules.putTargets(rules.get(request.rule(), request.eventBusName()),
                request.targets());
        return PutTargetsResponse.builder().failedEntryCount(failed.size()).failedEntries(failed).build();
    }

    @Override
    public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
        return ListTargetsByRuleResponse.builder()
                .targets(rules.get(request.rule(), request.eventBusName()).targets().values()).build();
    }

    @Override
    public ListRuleNamesByTargetResponse listRuleNamesByTarget(ListRuleNamesByTargetRequest request) {
        Rules.checkBus(request.eventBusName());
        return ListRuleNamesByTargetResponse.builder().ruleNames(rules.all().stream()
                .filter(rule -> rule.targets().values().stream().anyMatch(t -> t.arn().equals(request.targetArn())))
                .map(Rule::name).toList()).build();
    }

    @Override
    public RemoveTargetsResponse removeTargets(RemoveTargetsRequest request) {
        Rule rule = rules.get(request.rule(), request.eventBusName());
        request.ids().forEach(rule.targets()::remove);
        return RemoveTargetsResponse.builder().failedEntryCount(0).failedEntries(List.of()).build();
    }

    @Override
    public DescribeEventBusResponse describeEventBus(DescribeEventBusRequest request) {
        Rules.checkBus(request.name());
        return DescribeEventBusResponse.builder().name(Rules.DEFAULT_BUS)
                .arn(account.arn("events", "event-bus/" + Rules.DEFAULT_BUS)).build();
    }

    @Override
    public ListEventBusesResponse listEventBuses(ListEventBusesRequest request) {
        boolean shown = request.namePrefix() == null || Rules.DEFAULT_BUS.startsWith(request.namePrefix());
        var bus = software.amazon.awssdk.services.eventbridge.model.EventBus.builder().name(Rules.DEFAULT_BUS)
                .arn(account.arn("events", "event-bus/" + Rules.DEFAULT_BUS)).build();
        return ListEventBusesResponse.builder().eventBuses(shown ? List.of(bus) : List.of()).build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        Rule rule = rules.byArn(request.resourceARN());
        request.tags().forEach(tag -> rule.tags().put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        Rule rule = rules.byArn(request.resourceARN());
        request.tagKeys().forEach(rule.tags()::remove);
        return UntagResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        List<Tag> tags = new ArrayList<>();
        rules.byArn(request.resourceARN()).tags()
                .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
        return ListTagsForResourceResponse.builder().tags(tags).build();
    }

    private PutEventsResultEntry put(PutEventsRequestEntry entry) {
        if (entry.source() == null || entry.source().isBlank()) {
            return refused("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.");
        }
        if (entry.detailType() == null || entry.detailType().isBlank()) {
            return refused("InvalidArgument",
                    "Parameter DetailType is not valid. Reason: DetailType is a required argument.");
        }
        if (entry.source().startsWith("aws.")) {
            return refused("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        try {
            JsonNode detail = Event.JSON.readTree(entry.detail() == null ? "" : entry.detail());
            if (detail instanceof ObjectNode object) {
                Rules.checkBus(entry.eventBusName());
                Event event = Event.of(newId(), account, entry.time() == null ? timeline.now() : entry.time(),
                        entry.source(), entry.detailType(), entry.resources(), object);
                publish(event);
                return PutEventsResultEntry.builder().eventId(event.id()).build();
            }
        } catch (JsonProcessingException malformed) {
            return refused("MalformedDetail", "Detail is malformed.");
        }
        return refused("MalformedDetail", "Detail is malformed.");
    }

    private static PutEventsResultEntry refused(String code, String message) {
        return PutEventsResultEntry.builder().errorCode(code).errorMessage(message).build();
    }

    private void publish(Event event) {
        journal.write("events", event.detailType(), event.id(), Map.of("source", event.source()),
                "Event " + event.detailType() + " from " + event.source());
        String text = event.text();
        for (Rule rule : rules.all()) {
            if (rule.isEnabled() && rule.pattern().filter(pattern -> pattern.matches(text)).isPresent()) {
                deliver(rule, event);
            }
        }
    }

    private void deliver(Rule rule, Event event) {
        for (Duration delay : switches.deliveries().delays(rule.name(), random)) {
            timeline.after(delay, () -> List.copyOf(rule.targets().values())
                    .forEach(target -> dispatch.deliver(rule, target, event)));
        }
    }

    private void scheduleNext(Rule rule) {
        int generation = rule.generation();
        rule.schedule().flatMap(schedule -> schedule.after(timeline.now())).ifPresent(at -> {
            Duration wait = Duration.between(timeline.now(), at);
            Runnable both = new Runnable() {
                private boolean one;

                @Override
                public void run() {
                    if (one) {
                        tick(rule, generation);
                    }
                    one = true;
                }
            };
            timeline.after(wait, both);
            timeline.atLimit(wait.compareTo(LEAST_BETWEEN_RUNS) < 0 ? wait : LEAST_BETWEEN_RUNS, both);
        });
    }

    private void tick(Rule rule, int generation) {
        if (!rules.isDefined(rule) || rule.generation() != generation || !rule.isEnabled()) {
            return;
        }
        deliver(rule, Event.of(newId(), account, timeline.now(), "aws.events", "Scheduled Event", List.of(rule.arn()),
                Event.JSON.createObjectNode()));
        scheduleNext(rule);
    }

    private String newId() {
        // Version 4, variant 2, as AWS's own ids are.
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | 0x8000000000000000L)
                .toString();
    }

    private static int bytes(PutEventsRequestEntry entry) {
        return length(entry.source()) + length(entry.detailType()) + length(entry.detail())
                + entry.resources().stream().mapToInt(SimulatedEventBridge::length).sum() + 14;
    }

    private static int length(String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
