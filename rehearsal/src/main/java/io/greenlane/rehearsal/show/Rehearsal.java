package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.cloud.Journal;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the scenario in a local cloud that has been started, and says what came of it. */
final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Repairs wait for what may still come: a lost push is looked for after a minute, a lost deployment too. */
    private static final Duration PATIENCE_WITH_FAULTS = Duration.ofMinutes(6);
    private static final String EXTRA = "DUPLICATE";
    private static final Duration TICK = Duration.ofMillis(150);

    private final Cloud cloud;
    private final Screen screen;
    private final Clock clock;
    private final Path cache;
    private final SavedReports reports;
    private final int timeFactor;
    private final BlockingQueue<Journal.Entry> heard = new LinkedBlockingQueue<>();

    /** All releases and all visitors. */
    record Result(List<ReleaseResult> releases, Visitors.Tally production) {
        boolean asExpected() {
            return production.requests() > 0 && production.failed() == 0
                    && releases.stream().allMatch(ReleaseResult::expected);
        }
    }

    /**
     * @param cache a folder for the layers of built images
     * @param reports where the reports of validations are kept
     * @param timeFactor by which the cloud shortens waits
     */
    Rehearsal(Cloud cloud, Screen screen, Clock clock, Path cache, SavedReports reports, int timeFactor) {
        this.cloud = cloud;
        this.screen = screen;
        this.clock = clock;
        this.cache = cache;
        this.reports = reports;
        this.timeFactor = timeFactor;
    }

    Result play(List<Act> acts, int productionPort, int testPort) throws IOException, InterruptedException {
        RegistryLogin login = FirstImage.push(cloud, cache);
        screen.say(Mark.DONE, "Pushed " + Cloud.REPOSITORY + ":" + Act.FIRST + " to " + cloud.registryAddress());
        Instant begun = clock.instant();
        screen.say(Mark.RUNNING, "Deploying the shipped templates and starting the functions ...");
        Cloud.Site site = cloud.deploy(Act.FIRST, productionPort, testPort);
        screen.say(Mark.DONE, "Deployed in " + Durations.of(Duration.between(begun,
                clock.instant())) + "; " + Act.FIRST + " serves production at " + site.production());
        Executions executions = new Executions(cloud.states(), site.stateMachineArn());
        cloud.journal().follow(heard::add);
        List<ReleaseResult> releases = new ArrayList<>();
        cloud.timeline().run(cloud.chaos()::begin);
        Visitors visitors = new Visitors(site.production());
        try (visitors) {
            visitors.start();
            for (Act act : acts) {
                releases.addAll(play(act, login, site, executions, visitors));
            }
        }
        return new Result(releases, visitors.tally());
    }

    private List<ReleaseResult> play(Act act, RegistryLogin login, Cloud.Site site, Executions executions,
            Visitors visitors) throws IOException, InterruptedException {
        cloud.timeline().run(executions::pass);
        heard.clear();
        cloud.timeline().run(() -> {
            if (cloud.chaos().deploysByHand()) {
                new Passerby(cloud.ecs(), cloud.codeDeploy()).deployAgain();
            }
        });
        StepReader reader = new StepReader(act.tag(), timeFactor, screen::open, screen::step);
        screen.open(act.tag(), act.tag() + ", " + act.title());
        Instant begun = clock.instant();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> push = thread.submit(pushOf(act, login));
            List<Optional<Executions.Ended>> seen = watch(act, reader, executions, visitors, begun, push);
            String digest = digestOf(push);
            return results(act, seen, reader, digest, site, begun);
        }
    }

    /** Shows what happens until as many releases have ended as are expected, or patience has. */
    private List<Optional<Executions.Ended>> watch(Act act, StepReader reader, Executions executions,
            Visitors visitors, Instant begun, Future<String> push) throws InterruptedException {
        while (true) {
            Journal.Entry entry = heard.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
            while (entry != null) {
                reader.read(entry);
                entry = heard.poll();
            }
            screen.tick(visitors.tally());
            List<Optional<Executions.Ended>> seen = cloud.timeline().call(executions::since);
            boolean ended = seen.size() >= act.outcomes().size() && seen.stream().allMatch(Optional::isPresent);
            boolean tooLong = Duration.between(begun, clock.instant()).compareTo(patience()) > 0;
            if (heard.isEmpty() && push.isDone() && (ended || tooLong || push.state() == Future.State.FAILED)) {
                return seen;
            }
        }
    }

    private List<ReleaseResult> results(Act act, List<Optional<Executions.Ended>> seen, StepReader reader,
            String digest, Cloud.Site site, Instant begun) {
        List<String> wanted = new ArrayList<>(act.outcomes());
        List<ReleaseResult> results = new ArrayList<>();
        for (Optional<Executions.Ended> execution : seen) {
            execution.ifPresent(ended -> {
                Duration saved = reader.saved(reader.releaseOf(ended.name()));
                double took = seconds(begun, ended.at());
                boolean expected = isExtra(ended, wanted) || (wanted.remove(ended.outcome())
                        && ended.digest().equals(digest) && ended.tag().equals(act.tag()));
                results.add(new ReleaseResult(ended.tag(), ended.digest(), site.service(), ended.outcome(),
                        ended.reason(), took, took + seconds(saved), reports.save(ended.report()), expected));
                screen.close(reader.releaseOf(ended.name()), expected ? Mark.DONE : Mark.FAILED,
                        ended.outcome() + ": " + ended.reason());
            });
        }
        for (String missing : wanted) {
            if (results.size() < Math.max(act.outcomes().size(), seen.size())) {
                results.add(new ReleaseResult(act.tag(), digest, site.service(), "NONE",
                        "Expected " + missing + ", but there was no outcome within " + Durations.of(patience()),
                        seconds(begun, clock.instant()), seconds(begun, clock.instant()), null, false));
                screen.close(act.tag(), Mark.FAILED, "No outcome within " + Durations.of(patience()));
            }
        }
        return results;
    }

    /** A push that was announced once more, because its event was late or doubled, changes nothing. */
    private boolean isExtra(Executions.Ended ended, List<String> wanted) {
        return disturbed() && ended.outcome().equals(EXTRA) && !wanted.contains(EXTRA);
    }

    private boolean disturbed() {
        return !cloud.chaos().plan().faults().isEmpty();
    }

    private Duration patience() {
        return disturbed() ? PATIENCE_WITH_FAULTS : PATIENCE;
    }

    private static double seconds(Instant from, Instant to) {
        return seconds(Duration.between(from, to));
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1000.0;
    }

    private Callable<String> pushOf(Act act, RegistryLogin login) {
        return () -> act.twiceAsIndex()
                ? pushTwice(act, login)
                : act.image().push(login, Cloud.REPOSITORY, act.tag(), cache);
    }

    private String pushTwice(Act act, RegistryLogin login) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            MultiArchPush push = new MultiArchPush(new RegistryClient(http, login, Cloud.REPOSITORY));
            MultiArchPush.Prepared prepared = push.prepare(Act.FIRST, act.image(), act.tag());
            push.push(prepared);
            push.push(prepared);
            return prepared.digest();
        }
    }

    private static String digestOf(Future<String> push) throws IOException, InterruptedException {
        try {
            return push.get();
        } catch (ExecutionException failed) {
            throw new IOException("The push failed: " + failed.getCause(), failed);
        }
    }
}
