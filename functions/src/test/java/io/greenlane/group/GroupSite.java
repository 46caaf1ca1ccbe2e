package io.greenlane.group;

import io.greenlane.deployment.Executions;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.Site;
import io.greenlane.hook.HookCall;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.Reports;
import io.greenlane.hook.Verdict;
import io.greenlane.hook.VerdictDesk;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Push;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.release.AdmissionDesk.Reply;
import io.greenlane.release.GroupAdmissionDesk;
import io.greenlane.release.GroupRelease;
import io.greenlane.release.GroupRelease.Member;
import io.greenlane.release.GroupRelease.WayBack;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Release;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.PlannedGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import io.greenlane.service.Topologies;
import io.greenlane.validation.HookEvent;
import io.greenlane.validation.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A world with CodeDeploy in it, and services that follow one repository as group {@code shop}. */
public final class GroupSite {
    /** What runs everywhere before. */
    public static final Digest BEFORE = World.digest('a');
    /** What goes to the group. */
    public static final Push PUSH = World.push('b', "event-b", World.START);
    /** Why the second member fails. */
    public static final String BROKE = "AfterAllowTraffic: it broke.";
    /** The workflow that brings it. */
    public static final String EXECUTION = World.execution("b");

    /** Everything else. */
    public final Site site = new Site();
    /** The group. */
    public final PlannedGroup planned;
    /** What the members run, by their services. */
    public final Map<String, @Nullable Digest> running = new HashMap<>();
    /** Services to which nothing can be deployed. */
    public final Set<String> broken = new HashSet<>();
    /** Images that were deleted. */
    public final Set<Digest> deleted = new HashSet<>();
    /** What CodeDeploy was answered before production moves, by deployment. */
    public final Map<String, Boolean> answered = new LinkedHashMap<>();
    /** Input of the executions that were started, by name. */
    public final Map<String, Map<String, Object>> started = new LinkedHashMap<>();
    /** How executions stand that do not run, by ARN. */
    public final Map<String, Executions.State> states = new HashMap<>();

    private @Nullable String id;

    /** The executions of the release workflow. */
    public final Executions executions = new Executions() {
        @Override
        public Instant since() {
            throw new UnsupportedOperationException();
        }

        @Override
        public State state(String executionArn) {
            boolean known = executionArn.equals(EXECUTION)
                    || started.keySet().stream().map(World::execution).anyMatch(executionArn::equals);
            return states.getOrDefault(executionArn, known ? State.RUNNING : State.GONE);
        }

        @Override
        public String arn(String name) {
            return World.execution(name);
        }

        @Override
        public List<Ended> ended(State state, Instant since) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean start(String name, Map<String, Object> input) {
            return started.putIfAbsent(name, input) == null;
        }
    };

    /** The images that were not deleted. */
    public final ImageCatalog images = new ImageCatalog() {
        @Override
        public ImageLookup find(RepositoryName repository, Digest digest) {
            return deleted.contains(digest)
                    ? new ImageLookup.Gone("The image was deleted")
                    : new ImageLookup.Found(new Manifest("application/json", Map.of()));
        }

        @Override
        public Collection<Tag> tags(RepositoryName repository) {
            throw new UnsupportedOperationException();
        }
    };

    /** A member for each wave. */
    public GroupSite(int... waves) {
        planned = new PlannedGroup("shop",
                IntStream.range(0, waves.length).mapToObj(i -> new PlannedGroup.Member(
                        new ServiceReference(World.SHOP.repository(), "shop", "member-" + i, "shop", "member-" + i,
                                "shop"),
                        waves[i], null)).toList());
        planned.services().forEach(member -> running.put(member.service().key(), BEFORE));
    }

    /** The service of a member. */
    public ServiceReference service(int member) {
        return planned.services().get(member).service();
    }

    /** How a member is found. */
    public ServiceTopology topology(ServiceReference service) {
        if (broken.contains(service.key())) {
            throw new ServiceNotDeployableException(service.key() + " has no test listener");
        }
        return new ServiceTopology(service, 2, new TaskSet("ecs-svc/1", "arn:6", "arn:blue", null, null, List.of()),
                List.of(), "arn:80", "arn:8080", URI.create("http://127.0.0.1:8080"), "api", 8080,
                running.get(service.key()));
    }

    public GroupAdmissionDesk admissionDesk() {
        World world = site.world;
        return new GroupAdmissionDesk(world.groups(), world.releases(), world.queue(), world.quarantine(),
                world.watched(Topologies.class, this::topology), world.waking());
    }

    public GroupSettlement settlement() {
        World world = site.world;
        return new GroupSettlement(
                new GroupSettlement.Records(world.groups(), world.releases(), new KnownGoods(world.ledger()),
                        world.outcomeDesk(), site.withdrawals()),
                new GroupSettlement.Hooks(site.meeting(), verdictDesk(), site.verdicts()),
                new GroupSettlement.World(site.deployments(),
                        world.watched(Interventions.class, site.codeDeploy),
                        world.watched(ImageCatalog.class, images), world.watched(Executions.class, executions)),
                world.clock);
    }

    public VerdictDesk verdictDesk() {
        return new VerdictDesk(site.deployments(), site.verdicts(), site.world.watched(Reports.class,
                (call, passed) -> answered.putIfAbsent(call.deploymentId(), passed) == null), site.meeting());
    }

    /** A member asks for the turn of the group's release. */
    public Reply ask(int member) {
        Reply reply = ask(PUSH, EXECUTION, member, Policy.NEWEST_WINS, null);
        id = Objects.requireNonNull(site.world.releases().find(reply.releaseId())).turnId();
        return reply;
    }

    /** A member asks for the turn of the group. */
    public Reply ask(Push push, String execution, int member, Policy policy, @Nullable String token) {
        return admissionDesk().ask(push, planned, service(member), execution, policy, token);
    }

    /** An earlier release of all members, to the end; they run what they ran before then, unless somebody says otherwise. */
    public void deployed(Digest digest, String tag) {
        World world = site.world;
        Push push = new Push(PUSH.registry(), PUSH.repository(), digest, new Tag(tag), "event-" + tag,
                world.now.minus(Duration.ofDays(1)));
        Map<String, @Nullable Digest> before = new HashMap<>(running);
        running.replaceAll((service, runs) -> World.digest('0'));
        String release = "";
        for (PlannedGroup.Member member : planned.services()) {
            String execution = World.execution(tag);
            release = admissionDesk().ask(push, planned, member.service(), execution, Policy.NEWEST_WINS, null)
                    .releaseId();
            world.outcomeDesk().record(push, member.service(), execution,
                    new OutcomeDesk.Verdict(Outcome.DEPLOYED, "It serves.", "d-" + tag));
        }
        settlement().look(Objects.requireNonNull(world.releases().find(release)).turnId());
        running.putAll(before);
        world.announced.clear();
        world.pass(Duration.ofMinutes(1));
    }

    /** All members have their turn, and each has a deployment that waits in its first hook. */
    public GroupSite deploying() {
        for (int member = 0; member < planned.services().size(); member++) {
            ask(member);
            launch(member);
        }
        return this;
    }

    /** All members have passed all that comes before production moves. */
    public GroupSite passed() {
        deploying();
        for (int member = 0; member < planned.services().size(); member++) {
            passes(member);
        }
        return this;
    }

    /** The member's deployment is created. */
    public String launch(int member) {
        return Objects.requireNonNull(site.launcher()
                .look(member(member).releaseId(), 0, "token", Site.REVISION, Site::firm).deploymentId());
    }

    /** A member passes BeforeAllowTraffic; how it is answered at once, or null. */
    public @Nullable Verdict passes(int member) {
        return site.fence().judge(before(member), verdict(Result.PASS));
    }

    /** The hook before production moves to a member. */
    public CodeDeployHook before(int member) {
        String deployment = deployment(member);
        return new CodeDeployHook(HookEvent.BEFORE_ALLOW_TRAFFIC, new HookCall(deployment, "hook-" + deployment));
    }

    /** A verdict on the push. */
    public Verdict verdict(Result result) {
        return new Verdict(result, result + " it is.", PUSH.digest(), null, site.world.now);
    }

    /** The workflow of a member records its outcome. */
    public void ends(int member, Outcome outcome, String reason) {
        site.world.outcomeDesk().record(PUSH, service(member), EXECUTION,
                new OutcomeDesk.Verdict(outcome, reason, deployment(member)));
    }

    /** The release of the group as it stands. */
    public GroupRelease group() {
        return Objects.requireNonNull(site.world.groups().find(id()));
    }

    /** Id of the release of the group, for whose turn a member has asked. */
    public String id() {
        return Objects.requireNonNull(id);
    }

    /** One member of it. */
    public Member member(int member) {
        return group().members().get(member);
    }

    /** The release of one member; null when it was not opened. */
    public @Nullable Release release(int member) {
        return site.world.releases().find(member(member).releaseId());
    }

    /** Id of a member's deployment; it must have one. */
    public String deployment(int member) {
        return Objects.requireNonNull(Objects.requireNonNull(release(member)).launch().deploymentId());
    }

    /** The first member has ended well, then the second one fails, and the first is about to go back. */
    public GroupSite stranded() {
        passed();
        settlement().look(id());
        ends(0, Outcome.DEPLOYED, "It serves.");
        settlement().look(id());
        ends(1, Outcome.ROLLED_BACK, BROKE);
        return this;
    }

    /** How the first member goes back. */
    public WayBack way() {
        return Objects.requireNonNull(member(0).wayBack());
    }

    /** What goes back to the first member, as its workflow has it. */
    public Push back() {
        return new Push(PUSH.registry(), PUSH.repository(), BEFORE, PUSH.tag(),
                Objects.requireNonNull(way().execution()), PUSH.time());
    }

    /** The workflow that takes the first member back asks for its turn. */
    public Reply askBack(@Nullable Digest serving) {
        return admissionDesk().askBack(back(), service(0), World.execution(back().eventId()), id(), serving);
    }
}
