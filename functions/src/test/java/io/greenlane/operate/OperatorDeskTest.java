package io.greenlane.operate;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.digest;
import static io.greenlane.release.World.execution;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.Executions;
import io.greenlane.deployment.Ground;
import io.greenlane.deployment.Interventions;
import io.greenlane.deployment.Site;
import io.greenlane.image.Digest;
import io.greenlane.image.ImageCatalog;
import io.greenlane.image.ImageLookup;
import io.greenlane.image.Manifest;
import io.greenlane.image.Push;
import io.greenlane.image.PushEvent;
import io.greenlane.image.Registry;
import io.greenlane.image.RepositoryName;
import io.greenlane.image.Tag;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.Announcements;
import io.greenlane.release.Faults;
import io.greenlane.release.KnownGoods;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk.Verdict;
import io.greenlane.release.Quarantined;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.TaskSet;
import io.greenlane.service.Topologies;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorDeskTest {
    private static final Operator ADA = new Operator("Ada", "Carts are empty.");
    private static final Operator BOB = new Operator("Bob", "Still broken.");
    private static final Registry HOME = new Registry("111122223333", "eu-west-1");

    private Site site = new Site();
    private Map<String, Map<String, Object>> started = new LinkedHashMap<>();
    private Set<String> stopped = new TreeSet<>();
    private final Set<Digest> deleted = new HashSet<>();
    private @Nullable Digest serving = digest('a');
    private int pushes;

    private OperatorDesk desk() {
        World world = site.world;
        Deployments deployments = site.deployments();
        return new OperatorDesk(world.ledger(), world.outbox(), world.waking(), deployments,
                world.watched(Interventions.class,
                        new Interventions() {
                            @Override
                            public boolean endTerminationWait(String deploymentId) {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public boolean stop(String deploymentId) {
                                if (Objects.requireNonNull(site.codeDeploy.find(deploymentId)).status().isFinal()) {
                                    return false;
                                }
                                if (stopped.add(deploymentId)) {
                                    site.codeDeploy.fails(deploymentId, DeploymentStatus.STOPPED, "MANUAL_STOP",
                                            "Stopped.");
                                }
                                return true;
                            }
                        }),
                world.watched(Topologies.class, reference -> topology()),
                world.watched(ImageCatalog.class, catalog()),
                world.watched(Executions.class, new Executions() {
                    @Override
                    public Instant since() {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public State state(String executionArn) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<Ended> ended(State state, Instant since) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public String arn(String name) {
                        return World.execution(name);
                    }

                    @Override
                    public boolean start(String name, Map<String, Object> input) {
                        return started.putIfAbsent(name, input) == null;
                    }
                }), world.clock);
    }

    private ImageCatalog catalog() {
        return new ImageCatalog() {
            @Override
            public ImageLookup find(RepositoryName repository, Digest digest) {
                return deleted.contains(digest)
                        ? new ImageLookup.Gone("It was deleted.")
                        : new ImageLookup.Found(new Manifest("application/vnd.oci.image.manifest.v1+json", Map.of()));
            }

            @Override
            public Collection<Tag> tags(RepositoryName repository) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private ServiceTopology topology() {
        return new ServiceTopology(SHOP, 2, new TaskSet("ecs-svc/1", "arn:6", "arn:tg/blue", null, null, List.of()),
                List.of(), "arn:listener/80", "arn:listener/8080", URI.create("http://127.0.0.1:8080"), "api", 8080,
                serving);
    }

    /** A release that ended well, and what production runs from then on. */
    private void deployed(char digest) {
        Push push = push(digest, "event-good-" + pushes, site.world.now.plusSeconds(pushes));
        String execution = execution("good-" + pushes++);
        site.world.outcomeDesk().end(Objects.requireNonNull(site.world.releases().find(
                site.world.admissionDesk().ask(push, SHOP, execution, Policy.NEWEST_WINS, null, null).releaseId())),
                new Verdict(Outcome.DEPLOYED, "It serves.", "d-GOOD" + digest));
        serving = digest(digest);
        site.world.pass(Duration.ofMinutes(1));
    }

    private void firstReleaseEnds() {
        site.world.outcomeDesk().end(Objects.requireNonNull(site.world.releases().find(site.release)),
                new Verdict(Outcome.DEPLOYED, "It serves.", "d-GOODa"));
        site.world.pass(Duration.ofMinutes(1));
    }

    private List<Digest> targets() {
        return started.values().stream().map(event -> PushEvent.read(event, HOME))
                .map(event -> ((PushEvent.Wanted) event).push().digest()).toList();
    }

    private Set<Object> announced() {
        return site.world.announced.stream().map(Announcements.Announcement::message)
                .filter(message -> message.containsKey("operation")).map(message -> message.get("id"))
                .collect(Collectors.toSet());
    }

    @Test
    void a_hold_turns_pushes_away_with_name_and_reason_until_it_is_lifted() {
        assertThat(desk().hold(SHOP, ADA)).satisfies(reply -> assertThat(reply.changed()).isTrue());
        assertThat(desk().hold(SHOP, ADA).changed()).isFalse();
        assertThat(desk().hold(SHOP, BOB).sentence()).contains("held already, by Ada since", "Carts are empty.");
        firstReleaseEnds();
        Push push = push('b', "event-2", site.world.now);
        assertThat(site.world.admissionDesk().ask(push, SHOP, execution("two"), Policy.NEWEST_WINS, null, null))
                .satisfies(reply -> {
                    assertThat(reply.decision()).isEqualTo("HELD");
                    assertThat(reply.reason()).contains("by Ada since", "Carts are empty.");
                });
        assertThat(desk().unhold(SHOP, BOB).changed()).isTrue();
        assertThat(desk().unhold(SHOP, BOB).changed()).isFalse();
        assertThat(
                site.world.admissionDesk().ask(push, SHOP, execution("two"), Policy.NEWEST_WINS, null, null).decision())
                .isEqualTo("START");
        assertThat(announced()).hasSize(2);
    }

    @Test
    void a_hold_wakes_what_waits_at_its_gates() {
        site.world.queue().sleep(SHOP, site.release, site.world.asleep("token"));
        desk().hold(SHOP, ADA);
        assertThat(site.world.told).extracting(World.Told::token).containsExactly("token");
        desk().hold(SHOP, ADA);
        assertThat(site.world.told).hasSize(1);
    }

    @Test
    void a_deployment_that_can_still_go_back_is_stopped_and_its_release_ends_rolled_back_with_the_reason() {
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        site.codeDeploy.shifts(id);
        Reply reply = desk().rollBack(HOME, SHOP, ADA);
        assertThat(reply.accepted()).isTrue();
        assertThat(reply.sentence()).contains(id, "stopped");
        assertThat(stopped).containsExactly(id);
        assertThat(started).isEmpty();
        site.codeDeploy.becomes(Objects.requireNonNull(Objects.requireNonNull(site.codeDeploy.find(id))
                .rollbackDeploymentId()), DeploymentStatus.SUCCEEDED);
        assertThat(site.look(1, "token-1").course()).satisfies(course -> assertThat(course.toString())
                .contains("ROLLED_BACK", "Ada rolled it back: Carts are empty."));
        assertThat(site.world.quarantine().find(SHOP, digest('a'))).extracting(Quarantined::by, Quarantined::why,
                Quarantined::deploymentId).containsExactly("Ada", "Carts are empty.", id);
        assertThat(desk().rollBack(HOME, SHOP, ADA).sentence()).startsWith("Nothing new");
        assertThat(announced()).hasSize(1);
    }

    @Test
    void after_the_end_what_was_good_before_is_released_again_and_what_serves_is_quarantined() {
        firstReleaseEnds();
        deployed('b');
        deployed('c');
        Reply reply = desk().rollBack(HOME, SHOP, ADA);
        assertThat(reply.sentence()).contains("goes back to " + digest('b'), digest('c') + " is in quarantine");
        assertThat(targets()).containsExactly(digest('b'));
        assertThat(stopped).isEmpty();
        Reply again = desk().rollBack(HOME, SHOP, ADA);
        assertThat(again.changed()).isFalse();
        assertThat(started).hasSize(1);
        assertThat(announced()).hasSize(1);
        PushEvent.Wanted wanted = (PushEvent.Wanted) PushEvent.read(started.values().iterator().next(), HOME);
        assertThat(wanted.push().time()).isAfter(Objects.requireNonNull(
                site.world.queue().head(SHOP).newest().get(SHOP.repository())).pushedAt());
    }

    @Test
    void two_bad_in_a_row_lead_to_the_last_good_one_two_revisions_back() {
        firstReleaseEnds();
        deployed('b');
        deployed('c');
        desk().rollBack(HOME, SHOP, ADA);
        serving = digest('b');
        site.world.pass(Duration.ofMinutes(10));
        assertThat(desk().rollBack(HOME, SHOP, BOB).accepted()).isTrue();
        assertThat(targets()).containsExactly(digest('b'), digest('a'));
        assertThat(site.world.quarantine().list(SHOP, 10)).extracting(Quarantined::digest)
                .containsExactlyInAnyOrder(digest('b'), digest('c'));
    }

    @Test
    void what_is_no_longer_in_the_registry_is_nothing_to_go_back_to() {
        firstReleaseEnds();
        deployed('b');
        deployed('c');
        deleted.add(digest('b'));
        assertThat(desk().rollBack(HOME, SHOP, ADA).sentence()).contains("goes back to " + digest('a'));
    }

    @Test
    void a_push_of_a_clock_that_is_ahead_does_not_turn_the_roll_back_away() {
        firstReleaseEnds();
        pushes = 3600;
        deployed('b');
        desk().rollBack(HOME, SHOP, ADA);
        PushEvent.Wanted wanted = (PushEvent.Wanted) PushEvent.read(started.values().iterator().next(), HOME);
        assertThat(site.world.admissionDesk()
                .ask(wanted.push(), SHOP, execution("back"), Policy.NEWEST_WINS, serving, null).decision())
                .isEqualTo("START");
    }

    @Test
    void with_nothing_to_go_back_to_nothing_is_done() {
        firstReleaseEnds();
        Reply reply = desk().rollBack(HOME, SHOP, ADA);
        assertThat(reply.accepted()).isFalse();
        assertThat(reply.sentence()).contains("Nothing is known to go back to");
        assertThat(started).isEmpty();
        assertThat(site.world.quarantine().list(SHOP, 10)).isEmpty();
        assertThat(announced()).isEmpty();
    }

    @Test
    void a_held_service_is_not_rolled_back_by_a_release_that_would_be_turned_away() {
        firstReleaseEnds();
        deployed('b');
        desk().hold(SHOP, BOB);
        assertThat(desk().rollBack(HOME, SHOP, ADA)).satisfies(reply -> {
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.sentence()).contains("held by Bob", "./operate unhold");
        });
        assertThat(started).isEmpty();
    }

    @Test
    void a_roll_back_that_is_under_way_is_not_rolled_back_to_what_it_leaves() {
        firstReleaseEnds();
        deployed('b');
        desk().rollBack(HOME, SHOP, ADA);
        PushEvent.Wanted wanted = (PushEvent.Wanted) PushEvent.read(started.values().iterator().next(), HOME);
        site.world.admissionDesk().ask(wanted.push(), SHOP, execution("back"), Policy.NEWEST_WINS, serving, null);
        assertThat(desk().rollBack(HOME, SHOP, BOB)).satisfies(reply -> {
            assertThat(reply.accepted()).isFalse();
            assertThat(reply.sentence()).contains("going back to " + digest('a') + " already");
        });
        assertThat(site.world.quarantine().find(SHOP, digest('a'))).isNull();
    }

    @Test
    void an_event_that_nobody_asked_for_keeps_nobody_from_rolling_back() {
        firstReleaseEnds();
        deployed('b');
        Push forged = push('c', Push.OPERATOR + "1", site.world.now);
        site.world.admissionDesk().ask(forged, SHOP, execution("forged"), Policy.NEWEST_WINS, serving, null);
        assertThat(desk().rollBack(HOME, SHOP, ADA).sentence()).contains("goes back to " + digest('a'));
    }

    @Test
    void a_deployment_that_ends_well_just_before_the_stop_is_taken_back_by_a_release() {
        firstReleaseEnds();
        Push push = push('b', "event-2", site.world.now);
        String release = site.world.admissionDesk().ask(push, SHOP, execution("two"), Policy.NEWEST_WINS, null, null)
                .releaseId();
        String id = Objects.requireNonNull(site.launcher().look(release, 0, "t", "arn:8",
                () -> new Ground.Firm(new AppSpecContent("{\"spec\":2}"), 2)).deploymentId());
        serving = digest('b');
        site.codeDeploy.endsAfterTheNextLook(id);
        Reply reply = desk().rollBack(HOME, SHOP, ADA);
        assertThat(reply.sentence()).contains("goes back to " + digest('a'));
        assertThat(targets()).containsExactly(digest('a'));
    }

    @Test
    void a_digest_is_released_once_by_name() {
        site.world.quarantine().put(SHOP, new Quarantined(digest('b'), site.world.now, "Bob", "Bad.", null, null));
        Reply reply = desk().release(SHOP, digest('b'), ADA);
        assertThat(reply.changed()).isTrue();
        assertThat(reply.sentence()).startsWith(digest('b') + " may be deployed to shop/shop-api again");
        assertThat(site.world.quarantine().find(SHOP, digest('b'))).isNull();
        assertThat(desk().release(SHOP, digest('b'), ADA).changed()).isFalse();
        assertThat(announced()).hasSize(1);
    }

    @Test
    void what_is_being_taken_back_already_is_not_rolled_back_twice() {
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        site.codeDeploy.fails(id, DeploymentStatus.FAILED, "HOOK_EXECUTION_FAILURE", "A hook failed.");
        assertThat(desk().rollBack(HOME, SHOP, ADA)).isEqualTo(new Reply(false, false,
                "Deployment " + id + " ended as FAILED and is being taken back."));
        assertThat(stopped).isEmpty();
        assertThat(site.world.quarantine().list(SHOP, 10)).isEmpty();
    }

    @Test
    void what_production_leaves_is_quarantined_with_the_release_that_brought_it() {
        firstReleaseEnds();
        deployed('b');
        String release = new KnownGoods(site.world.ledger()).of(SHOP).get(0).releaseId();
        desk().rollBack(HOME, SHOP, ADA);
        assertThat(Objects.requireNonNull(site.world.quarantine().find(SHOP, digest('b'))).releaseId())
                .isEqualTo(release);
        serving = digest('c');
        site.world.pass(Duration.ofMinutes(10));
        desk().rollBack(HOME, SHOP, BOB);
        assertThat(Objects.requireNonNull(site.world.quarantine().find(SHOP, digest('c'))).releaseId())
                .as("nobody knows who brought it").isNull();
    }

    @Test
    void a_crash_at_any_call_is_healed_by_the_same_command() {
        for (boolean underWay : new boolean[]{true, false}) {
            int calls = Faults.atEachCall(faults -> {
                site = new Site();
                started = new LinkedHashMap<>();
                stopped = new TreeSet<>();
                serving = digest('a');
                if (underWay) {
                    site.look(0, "token-0");
                } else {
                    firstReleaseEnds();
                    deployed('b');
                }
                site.breaking(faults);
                try {
                    desk().rollBack(HOME, SHOP, ADA);
                } catch (Faults.Injected e) {
                    site.breaking(Faults.none());
                    assertThat(desk().rollBack(HOME, SHOP, ADA).accepted()).isTrue();
                }
                site.breaking(Faults.none());
                assertThat(started).hasSize(underWay ? 0 : 1);
                assertThat(stopped).hasSize(underWay ? 1 : 0);
                assertThat(site.world.quarantine().list(SHOP, 10)).hasSize(1);
                assertThat(announced()).hasSize(1);
                assertThat(site.world.ledger().overdue(site.world.now.plusSeconds(600)))
                        .noneMatch(id -> id.startsWith("rollback#"));
            });
            assertThat(calls).isGreaterThan(12);
        }
    }
}
