package io.greenlane.deployment;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;

import io.greenlane.deployment.Launcher.Launched;
import io.greenlane.hook.Fence;
import io.greenlane.hook.Meeting;
import io.greenlane.hook.Verdicts;
import io.greenlane.image.Push;
import io.greenlane.release.AdmissionDesk;
import io.greenlane.release.DeploymentNotes;
import io.greenlane.release.Faults;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A world with CodeDeploy in it, and one admitted release. */
public final class Site {
    /** The push of the release. */
    public static final Push PUSH = push('a', "event-1", START);
    /** What it registered. */
    public static final String REVISION = "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:7";

    /** Everything else. */
    public final World world = new World();
    /** CodeDeploy. */
    public final FakeCodeDeploy codeDeploy = new FakeCodeDeploy(world);
    /** Task sets of the service. */
    public final List<TaskSets.Deployed> taskSets = new ArrayList<>();
    /** What serves production, as ECS says. */
    public PrimaryTaskSets.@Nullable Primary primary = new PrimaryTaskSets.Primary(REVISION, 2);
    /** The release. */
    public final String release;

    public Site() {
        release = world.admissionDesk().ask(PUSH, SHOP, execution("one"), Policy.NEWEST_WINS, null, null).releaseId();
    }

    /** Breaks calls from now on. */
    public Site breaking(Faults faults) {
        world.breaking(faults);
        return this;
    }

    public Deployments deployments() {
        return world.watched(Deployments.class, codeDeploy);
    }

    public Verdicts verdicts() {
        return new Verdicts(world.ledger());
    }

    public Withdrawals withdrawals() {
        return new Withdrawals(world.ledger(), world.clock);
    }

    public DeploymentWatch watch() {
        return new DeploymentWatch(deployments(), withdrawals().or(verdicts()), verdicts(),
                world.watched(PrimaryTaskSets.class, (cluster, service) -> primary),
                new DeploymentNotes(world.ledger()), world.clock);
    }

    public Launcher launcher() {
        return new Launcher(world.releases(), world.standing(), deployments(), taskSets(), watch(), world.clock,
                Duration.ofMinutes(1));
    }

    public TaskSets taskSets() {
        return world.watched(TaskSets.class, (cluster, service) -> List.copyOf(taskSets));
    }

    public ForeignDeployments foreign() {
        return new ForeignDeployments(world.releases(), world.queue(), deployments(), taskSets());
    }

    public Fence fence() {
        return new Fence(world.releases(), world.queue(), world.groups(), deployments(), withdrawals());
    }

    public Meeting meeting() {
        return new Meeting(world.groups(), world.queue(), withdrawals());
    }

    /** A newer push asks for its turn. */
    public AdmissionDesk.Reply overtake(Policy policy) {
        return world.admissionDesk().ask(push('b', "event-2", START.plusSeconds(1)), SHOP, execution("two"), policy,
                null, null);
    }

    public DeploymentNews news() {
        return new DeploymentNews(world.releases(), deployments(), watch(), world.callbacks(), world.clock);
    }

    /** One look of the workflow. */
    public Launched look(int number, String token) {
        return launcher().look(release, number, token, REVISION, Site::firm);
    }

    /** What the release was prepared for. */
    public static Ground firm() {
        return new Ground.Firm(new AppSpecContent("{\"spec\":1}"), 2);
    }
}
