package io.greenlane.rehearsal.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.release.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** What can be seen from outside while a schedule runs: the ledger's items, what was reported and announced, and all that happened. */
final class Observation implements CallObserver {
    private static final Pattern RELEASE = Pattern.compile("Greenlane release (r-[0-9a-f]{32})\\b.*");

    /** Frames of the JVM's own reflection have names by chance. */
    private static final Pattern STACK_TRACE = Pattern.compile("(?<=\"stackTrace\":)\\[[^\\]]*\\]");

    private final Site site;
    private final boolean traced;
    private final StringBuilder trace = new StringBuilder();
    private final Map<String, LedgerItem> ledger = new LinkedHashMap<>();
    private final Map<String, DeploymentInfo> deployments = new HashMap<>();
    private final List<JsonNode> announcements = new ArrayList<>();
    private final List<Witness> witnesses = new ArrayList<>();
    private boolean changed = true;

    /** Told at once what is seen. */
    interface Witness {
        default void written(@Nullable LedgerItem before, LedgerItem after) {}

        default void reported(String deploymentId, String executionId, boolean succeeded) {}

        default void stopped(String deploymentId) {}

        default void announced(JsonNode message) {}

        default void happened(Journal.Entry entry) {}

        /** After a step in which anything happened. */
        default void stepped() {}
    }

    Observation(Site site, boolean traced) {
        this.site = site;
        this.traced = traced;
        site.cloud().observers.add(this);
        site.cloud().journal.follow(this::happened);
        site.cloud().timeline.watch(this::stepped);
    }

    void tell(Witness witness) {
        witnesses.add(witness);
    }

    /** Everything that happened, in its order; empty when it is not kept. */
    String trace() {
        return trace.toString();
    }

    /** All items, oldest first. */
    List<LedgerItem> ledger() {
        return List.copyOf(ledger.values());
    }

    @Nullable
    LedgerItem item(String id) {
        return ledger.get(id);
    }

    /** What was published, with what was published twice. */
    List<JsonNode> announcements() {
        return announcements;
    }

    /** A deployment as it stands; null when there is none. */
    DeploymentInfo deployment(String id) {
        return deployments.computeIfAbsent(id,
                one -> site.cloud().codeDeploy.getDeployment(it -> it.deploymentId(one)).deploymentInfo());
    }

    static boolean isRollback(DeploymentInfo deployment) {
        return "codeDeployRollback".equals(deployment.creatorAsString());
    }

    /** The release that it says it brings; null when it says none. */
    @Nullable
    LedgerItem releaseOf(DeploymentInfo deployment) {
        Matcher mark = RELEASE.matcher(deployment.description() == null ? "" : deployment.description());
        return mark.matches() && !isRollback(deployment) ? item("release#" + mark.group(1)) : null;
    }

    private void happened(Journal.Entry entry) {
        if (traced) {
            line(entry.service() + " " + entry.kind() + " " + entry.subject() + " " + new TreeMap<>(entry.facts()) + " "
                    + entry.sentence());
        }
        if (entry.service().equals("codedeploy")) {
            deployments.remove(entry.subject());
        }
        changed = true;
        each(witness -> witness.happened(entry));
    }

    @Override
    public void ends(Call call, Ending ending) {
        if (traced) {
            line(call.operation() + " " + ending + " " + text(call.request()));
        }
        if (ending instanceof Ending.Answered) {
            changed = true;
            answered(call);
        }
    }

    private void answered(Call call) {
        switch (call.request()) {
            case PutItemRequest put -> {
                LedgerItem after = LedgerItem.of(put.item());
                LedgerItem before = ledger.put(after.id(), after);
                each(witness -> witness.written(before, after));
            }
            case PutLifecycleEventHookExecutionStatusRequest report -> each(witness -> witness.reported(
                    report.deploymentId(), report.lifecycleEventHookExecutionId(),
                    "Succeeded".equals(report.statusAsString())));
            case StopDeploymentRequest stop -> each(witness -> witness.stopped(stop.deploymentId()));
            case PublishRequest publish -> {
                JsonNode message = SampleSite.json(publish.message());
                announcements.add(message);
                each(witness -> witness.announced(message));
            }
            case null, default -> {
                // Nothing that a promise is about.
            }
        }
    }

    private void stepped() {
        if (changed) {
            changed = false;
            each(Witness::stepped);
        }
    }

    private void each(Consumer<Witness> told) {
        witnesses.forEach(told);
    }

    /** The same in every JVM: maps without an order are sorted. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case SdkPojo request ->
                request.sdkFields().stream().filter(field -> field.getValueOrDefault(request) != null)
                        .map(field -> field.memberName() + "=" + text(field.getValueOrDefault(request)))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Map<?, ?> members -> members.entrySet().stream()
                    .map(member -> member.getKey() + "=" + text(member.getValue())).sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(Observation::text).collect(Collectors.joining(", ", "[", "]"));
            case null, default -> String.valueOf(value);
        };
    }

    private void line(String text) {
        trace.append(site.cloud().timeline.now()).append(' ').append(STACK_TRACE.matcher(text).replaceAll("[]"))
                .append('\n');
    }
}
