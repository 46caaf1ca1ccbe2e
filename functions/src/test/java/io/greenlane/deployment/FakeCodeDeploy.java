package io.greenlane.deployment;

import io.greenlane.release.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** CodeDeploy in memory: one active deployment per group, and lists that may lag behind. */
public final class FakeCodeDeploy implements Deployments, Interventions {
    private final World world;
    private final Map<String, Deployment> all = new LinkedHashMap<>();
    private final Map<String, String> appSpecs = new LinkedHashMap<>();
    /** Answers that take the place of the next calls of create; an empty text creates and loses the answer. */
    public final List<Created> nextAnswers = new ArrayList<>();
    /** Whether the next create takes effect although its answer is lost. */
    public boolean landsUnanswered;
    /** Deployments that were stopped, in their order. */
    public final List<String> stopped = new ArrayList<>();
    /** Whether lists leave the newest deployment out. */
    public boolean listsLag;
    /** Whether errors name the active deployment. */
    public boolean namesActive = true;
    private @Nullable String endsNext;

    public FakeCodeDeploy(World world) {
        this.world = world;
    }

    @Override
    public @Nullable Deployment find(String deploymentId) {
        Deployment found = all.get(deploymentId);
        if (deploymentId.equals(endsNext)) {
            endsNext = null;
            becomes(deploymentId, DeploymentStatus.SUCCEEDED);
        }
        return found;
    }

    /** The deployment succeeds right after somebody has looked at it. */
    public void endsAfterTheNextLook(String deploymentId) {
        endsNext = deploymentId;
    }

    @Override
    public List<Deployment> since(String application, String deploymentGroup, Instant createdAt) {
        List<Deployment> found = all.values().stream()
                .filter(it -> it.application().equals(application) && it.deploymentGroup().equals(deploymentGroup)
                        && !it.createdAt().isBefore(createdAt))
                .sorted(Comparator.comparing(Deployment::createdAt)).toList();
        return listsLag && !found.isEmpty() ? found.subList(0, found.size() - 1) : found;
    }

    @Override
    public boolean hasActive(String application, String deploymentGroup) {
        return active(application, deploymentGroup) != null;
    }

    @Override
    public boolean hasDeployed(String application, AppSpecContent appSpec) {
        return appSpecs.containsValue(appSpec.sha256());
    }

    @Override
    public Created create(Order order) {
        if (!nextAnswers.isEmpty()) {
            return nextAnswers.remove(0);
        }
        Deployment active = active(order.application(), order.deploymentGroup());
        if (active != null) {
            return new Created.Busy(namesActive ? active.id() : null, "the group has an active deployment");
        }
        String id = add(order.application(), order.deploymentGroup(), order.description(), "user",
                order.appSpec().sha256(), null);
        if (landsUnanswered) {
            landsUnanswered = false;
            return new Created.Unknown("timed out");
        }
        return new Created.Done(id);
    }

    /** A deployment that a person created. */
    public String byHand() {
        return add("shop", "shop-api", "", "user", new AppSpecContent("by hand").sha256(), null);
    }

    /** The deployment fails and CodeDeploy begins to take it back. */
    public String fails(String deploymentId, DeploymentStatus status, String code, String message) {
        Deployment failed = Objects.requireNonNull(all.get(deploymentId));
        String rollback = add(failed.application(), failed.deploymentGroup(), "", "codeDeployRollback", null,
                deploymentId);
        change(deploymentId, it -> new Deployment(it.id(), it.application(), it.deploymentGroup(), status,
                it.creator(), it.description(), it.appSpecSha256(), code, message, rollback, null, it.createdAt(),
                world.now, false));
        return rollback;
    }

    @Override
    public boolean stop(String deploymentId) {
        Deployment deployment = find(deploymentId);
        if (deployment == null || deployment.status().isFinal()) {
            return false;
        }
        stopped.add(deploymentId);
        fails(deploymentId, DeploymentStatus.STOPPED, "MANUAL_STOP", "stopped by a user");
        return true;
    }

    @Override
    public boolean endTerminationWait(String deploymentId) {
        Deployment deployment = find(deploymentId);
        if (deployment == null || deployment.status().isFinal() || !deployment.terminationWaitStarted()) {
            return false;
        }
        becomes(deploymentId, DeploymentStatus.SUCCEEDED);
        return true;
    }

    /** CodeDeploy remembers a deployment no longer. */
    public void forgets(String deploymentId) {
        all.remove(deploymentId);
    }

    /** The deployment gets another status. */
    public void becomes(String deploymentId, DeploymentStatus status) {
        change(deploymentId, it -> new Deployment(it.id(), it.application(), it.deploymentGroup(), status,
                it.creator(), it.description(), it.appSpecSha256(), it.errorCode(), it.errorMessage(),
                it.rollbackDeploymentId(), it.rolledBackDeploymentId(), it.createdAt(),
                status.isFinal() ? world.now : null, it.terminationWaitStarted()));
    }

    /** Production is on green, blue is kept for a while. */
    public void shifts(String deploymentId) {
        change(deploymentId, it -> new Deployment(it.id(), it.application(), it.deploymentGroup(), it.status(),
                it.creator(), it.description(), it.appSpecSha256(), null, null, null, null, it.createdAt(), null,
                true));
    }

    /** Deployments that were created with a description of ours. */
    public List<Deployment> ours() {
        return all.values().stream().filter(it -> ReleaseMark.releaseId(it.description()) != null).toList();
    }

    private @Nullable Deployment active(String application, String deploymentGroup) {
        return all.values().stream().filter(it -> it.application().equals(application)
                && it.deploymentGroup().equals(deploymentGroup) && !it.status().isFinal()).findFirst().orElse(null);
    }

    private void change(String id, UnaryOperator<Deployment> change) {
        all.put(id, change.apply(Objects.requireNonNull(all.get(id))));
    }

    private String add(String application, String group, String description, String creator, @Nullable String sha256,
            @Nullable String takesBack) {
        String id = "d-" + String.format("%09d", all.size() + 1);
        all.put(id, new Deployment(id, application, group, DeploymentStatus.IN_PROGRESS, creator, description, sha256,
                null, null, null, takesBack, world.now, null, false));
        if (sha256 != null) {
            appSpecs.put(id, sha256);
        }
        return id;
    }
}
