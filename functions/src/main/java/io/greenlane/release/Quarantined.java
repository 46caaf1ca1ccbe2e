package io.greenlane.release;

import io.greenlane.image.Digest;
import io.greenlane.service.ServiceReference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a digest is not deployed to a service.
 *
 * @param since by the clock of the function that recorded it
 * @param by who put it there: the name of a person, or {@link #GREENLANE}
 * @param why one or two sentences, cut after {@value #LONGEST} characters
 * @param releaseId the release that showed it, or was rolled back by hand; null when the digest came without one
 * @param deploymentId of that release; null when there was none
 * @param releasedAt since when it may be deployed again; null while it may not
 */
public record Quarantined(Digest digest, Instant since, String by, String why, @Nullable String releaseId,
        @Nullable String deploymentId, @Nullable Instant releasedAt) {
    /** Nobody but Greenlane put it there. */
    public static final String GREENLANE = "Greenlane";

    private static final int LONGEST = 500;

    public Quarantined {
        if (why.length() > LONGEST) {
            why = why.substring(0, LONGEST) + "...";
        }
    }

    /** Put there now. */
    public Quarantined(Digest digest, Instant since, String by, String why, @Nullable String releaseId,
            @Nullable String deploymentId) {
        this(digest, since, by, why, releaseId, deploymentId, null);
    }

    Quarantined released(Instant now) {
        return new Quarantined(digest, since, by, why, releaseId, deploymentId, now);
    }

    /** Why it is refused, and how it is released. */
    public String refusal(ServiceReference service) {
        return digest + " is in quarantine for " + service.key() + " since " + since + ", under every tag: " + shown()
                + " A person releases it with: ./operate release-digest " + digest + " --service " + service.key()
                + " --by NAME --reason WHY";
    }

    /** What happened. */
    public String shown() {
        String what = (releaseId == null ? "" : "release " + releaseId)
                + (deploymentId == null ? "" : " (deployment " + deploymentId + ")");
        String sentence = by.equals(GREENLANE)
                ? what + " failed: " + why
                : by + " rolled " + (what.isEmpty() ? "it" : what) + " back: " + why;
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
