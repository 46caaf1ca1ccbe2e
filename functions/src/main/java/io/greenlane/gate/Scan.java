package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.gate.ScannedImage.Scanned;
import io.greenlane.gate.ScannedImage.Vulnerability;
import io.greenlane.json.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * ECR has scanned the image, and found no more than is allowed.
 *
 * @param most how many vulnerabilities of a severity each image may have; a severity that is missing is not limited
 * @param allowed vulnerabilities that do not count
 * @param patience how long a release waits for scans
 */
public record Scan(Map<Severity, Integer> most, List<Allowed> allowed, Duration patience) implements Gate {
    static final String GATE = "scan";
    private static final int SHOWN = 5;

    public Scan {
        most = Map.copyOf(most);
        allowed = List.copyOf(allowed);
    }

    /**
     * A vulnerability that is known and borne.
     *
     * @param until the last day on which it is, in UTC
     */
    public record Allowed(String cve, String reason, LocalDate until) {
        private boolean counts(Instant now) {
            return !now.atOffset(ZoneOffset.UTC).toLocalDate().isAfter(until);
        }
    }

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public List<String> over(Instant now) {
        return allowed.stream().filter(one -> !one.counts(now)).map(one -> "scan: " + one.cve() + " was allowed until "
                + one.until() + " (" + Quote.visible(one.reason()) + ") and counts again").toList();
    }

    @Override
    public String sentence() {
        String limits = most.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(limit -> limit.getValue() + " " + limit.getKey().word()).collect(Collectors.joining(", "));
        return "scan: ECR has scanned every image and found at most " + (limits.isEmpty() ? "anything" : limits)
                + (allowed.isEmpty()
                        ? ""
                        : ", apart from " + allowed.stream().map(one -> one.cve() + " until "
                                + one.until() + " (" + Quote.visible(one.reason()) + ")")
                                .collect(Collectors.joining(", ")))
                + "; a release waits for " + Waits.text(patience);
    }

    /** Judges the images of a push; there is at least one. */
    Finding judge(List<ScannedImage> images, Look look) {
        List<String> bad = new ArrayList<>();
        List<String> awaited = new ArrayList<>();
        for (ScannedImage image : images) {
            switch (image.scanned()) {
                case Scanned.Complete(List<Vulnerability> found) -> bad.addAll(tooMany(image, found, look));
                case Scanned.Awaited(String word) -> awaited.add(name(image) + " (" + word + ")");
                case Scanned.Failed(String sentence) -> bad.add(name(image) + " cannot be judged: " + sentence);
            }
        }
        if (!bad.isEmpty() || images.isEmpty()) {
            return new Blocked(GATE, images.isEmpty() ? "there is no image to be judged" : String.join(", and ", bad));
        }
        return awaited.isEmpty()
                ? new Passed(GATE, images.size() + (images.size() == 1 ? " image is" : " images are")
                        + " scanned, with no more than is allowed")
                : look.notYet(GATE, "no scan of " + String.join(" and of ", awaited), patience,
                        "see to it that the repository is scanned on push, by ECR or by Inspector, and push again");
    }

    private List<String> tooMany(ScannedImage image, List<Vulnerability> found, Look look) {
        Set<String> borne = allowed.stream().filter(one -> one.counts(look.now())).map(Allowed::cve)
                .collect(Collectors.toSet());
        List<String> sentences = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            Integer limit = most.get(severity);
            Set<String> counted = found.stream().filter(one -> one.severity() == severity).map(Vulnerability::id)
                    .filter(id -> !borne.contains(id)).collect(Collectors.toCollection(TreeSet::new));
            if (limit != null && counted.size() > limit) {
                sentences.add(name(image) + " has " + counted.size() + " " + severity.word() + " vulnerabilities ("
                        + shown(counted) + "), and at most " + limit + " may be: mend them and push again, or allow "
                        + "them in gates.yaml, with a reason and an end" + ended(counted, look));
            }
        }
        return sentences;
    }

    /** What was borne until some day, and is not any more, is told. */
    private String ended(Set<String> counted, Look look) {
        String ended = allowed.stream().filter(one -> counted.contains(one.cve()) && !one.counts(look.now()))
                .map(one -> one.cve() + " was allowed until " + one.until()).collect(Collectors.joining(", "));
        return ended.isEmpty() ? "" : " (" + ended + ")";
    }

    private static String shown(Set<String> ids) {
        return ids.stream().limit(SHOWN).map(Quote::visible).collect(Collectors.joining(", "))
                + (ids.size() > SHOWN ? " and " + (ids.size() - SHOWN) + " more" : "");
    }

    private static String name(ScannedImage image) {
        return image.name() + " " + image.digest();
    }
}
