package io.greenlane.rehearsal.codedeploy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.codedeploy.CodeDeployBehaviour.Deviation;
import io.greenlane.rehearsal.events.EventBus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.ErrorInformation;

/** Says what happens to deployments: to EventBridge (CodeDeploy guide, events), to the group's topics, and in the journal. */
final class Announcements {
    private static final String DETAIL_TYPE = "CodeDeploy Deployment State-change Notification";

    private final Account account;
    private final EventBus events;
    private final Triggers triggers;
    private final Journal journal;
    private final CodeDeployBehaviour behaviour;
    private final Set<String> announcedSuccess = new HashSet<>();
    private final Set<String> announcedStart = new HashSet<>();

    Announcements(Account account, EventBus events, Triggers triggers, Journal journal, CodeDeployBehaviour behaviour) {
        this.account = account;
        this.events = events;
        this.triggers = triggers;
        this.journal = journal;
        this.behaviour = behaviour;
    }

    void created(Deployment deployment) {
        write(deployment, "DeploymentCreated", Map.of("creator", deployment.order().creator().toString()),
                deployment.isRollback() ? "was created to roll back" : "was created");
    }

    /** Announces the status that the deployment has just come to. */
    void statusChanged(Deployment deployment) {
        String error = deployment.error().map(Announcements::sentence).orElse("");
        write(deployment, "DeploymentStatusChanged", statusFacts(deployment),
                "is " + deployment.status() + (error.isEmpty() ? "" : ": " + error));
        switch (deployment.status()) {
            case QUEUED -> announce(deployment, "QUEUED");
            case IN_PROGRESS -> {
                if (announcedStart.add(deployment.id())) {
                    announce(deployment, "START");
                }
            }
            case READY -> announce(deployment, "READY");
            case SUCCEEDED -> success(deployment);
            case FAILED -> announce(deployment, "FAILURE");
            case STOPPED -> announce(deployment, "STOP");
            case CREATED, BAKING, UNKNOWN_TO_SDK_VERSION -> {
                // Never announced.
            }
        }
        triggers.send(deployment);
    }

    /** Green serves all production traffic; blue is kept for a while. */
    void trafficIsOnGreen(Deployment deployment) {
        if (behaviour.has(Deviation.SUCCESS_BEFORE_TERMINATION)) {
            success(deployment);
        }
    }

    void phaseStarted(Deployment deployment, Phase phase) {
        if (phase.isLifecycleEvent()) {
            write(deployment, "LifecycleEventStarted", Map.of("lifecycleEvent", phase.title()),
                    phase.title() + " has started");
        }
    }

    void phaseEnded(Deployment deployment, Phase phase) {
        if (phase.isLifecycleEvent()) {
            String status = deployment.event(phase).status().toString();
            write(deployment, "LifecycleEventEnded", Map.of("lifecycleEvent", phase.title(), "status", status),
                    phase.title() + " has ended: " + status);
        } else {
            write(deployment, "WaitEnded", Map.of("wait", phase.name()), "the " + phase.title() + " is over");
        }
    }

    /** A wait of that length begins, inside the phase. */
    void waitStarted(Deployment deployment, Phase phase, Duration wait) {
        write(deployment, "WaitStarted", Map.of("wait", phase.name(), "duration", wait.toString()), switch (phase) {
            case ALLOW_TRAFFIC -> wait.toMinutes() + " minutes until the next shift of traffic";
            default -> phase.title() + ", " + wait.toMinutes() + " minutes";
        });
    }

    /** The listener of the route has been changed. */
    void trafficShifted(Deployment deployment, String route, int greenPercent) {
        String green = deployment.pair().map(pair -> pair.greenGroup().name()).orElse("");
        String blue = deployment.pair().map(pair -> pair.blueGroup().name()).orElse("");
        write(deployment, "TrafficShifted",
                Map.of("route", route, "greenPercent", Integer.toString(greenPercent), "greenTargetGroup", green,
                        "blueTargetGroup", blue),
                route + " traffic: " + greenPercent + " % to green (" + green + "), " + (100 - greenPercent)
                        + " % to blue (" + blue + ")");
    }

    private void success(Deployment deployment) {
        if (announcedSuccess.add(deployment.id())) {
            announce(deployment, "SUCCESS");
        }
    }

    private void announce(Deployment deployment, String state) {
        DeploymentGroupInfo group = deployment.group();
        events.announce("aws.codedeploy", DETAIL_TYPE,
                List.of(account.arn("codedeploy", "application:" + group.applicationName()),
                        account.arn("codedeploy",
                                "deploymentgroup:" + group.applicationName() + "/" + group.deploymentGroupName())),
                Map.of("region", account.region(), "application", group.applicationName(), "deploymentId",
                        deployment.id(), "deploymentGroup", group.deploymentGroupName(), "instanceGroupId",
                        group.deploymentGroupId(), "state", state));
    }

    private void write(Deployment deployment, String kind, Map<String, String> facts, String what) {
        Map<String, String> all = new TreeMap<>(facts);
        all.put("application", deployment.group().applicationName());
        all.put("deploymentGroup", deployment.group().deploymentGroupName());
        journal.write("codedeploy", kind, deployment.id(), all, "Deployment " + deployment.id() + ": " + what);
    }

    private static Map<String, String> statusFacts(Deployment deployment) {
        Map<String, String> facts = new TreeMap<>(Map.of("status", deployment.status().toString()));
        deployment.error().ifPresent(error -> {
            facts.put("errorCode", error.codeAsString());
            facts.put("errorMessage", error.message());
        });
        deployment.rollback().ifPresent(rollback -> {
            if (rollback.rollbackDeploymentId() != null) {
                facts.put("rollbackDeploymentId", rollback.rollbackDeploymentId());
            }
            if (rollback.rollbackTriggeringDeploymentId() != null) {
                facts.put("rollbackTriggeringDeploymentId", rollback.rollbackTriggeringDeploymentId());
            }
        });
        return facts;
    }

    private static String sentence(ErrorInformation error) {
        return error.codeAsString() + ", " + error.message();
    }
}
