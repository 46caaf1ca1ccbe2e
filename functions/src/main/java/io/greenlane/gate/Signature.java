package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.gate.SigningStatus.State;
import io.greenlane.json.Quote;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The image that was pushed is signed by somebody who is trusted: with ECR's managed signing, whose state the registry reports.
 *
 * @param profiles ARNs of the trusted signing profiles of AWS Signer; at least one
 * @param patience how long a release waits for a signature
 */
public record Signature(List<String> profiles, Duration patience) implements Gate {
    private static final String GATE = "signature";

    public Signature {
        profiles = List.copyOf(profiles);
    }

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public String sentence() {
        return "signature: ECR has signed the image with " + trusted() + "; a release waits for "
                + Waits.text(patience);
    }

    private String trusted() {
        return String.join(" or ", profiles);
    }

    /** Judges all signatures of the image that ECR knows of. What others signed neither helps nor harms. */
    Finding judge(List<SigningStatus> statuses, Look look) {
        List<SigningStatus> trusted = statuses.stream().filter(one -> profiles.contains(one.profile())).toList();
        for (SigningStatus one : trusted) {
            if (one.state() == State.COMPLETE) {
                return new Passed(GATE, "signed with " + one.profile());
            }
        }
        if (trusted.stream().anyMatch(one -> one.state() == State.IN_PROGRESS)) {
            return look.notYet(GATE, "ECR is signing the image with " + trusted(), patience,
                    "look at the signing configuration of the registry, and push again");
        }
        if (!trusted.isEmpty()) {
            return new Blocked(GATE, "ECR could not sign the image: " + trusted.stream()
                    .map(one -> one.profile() + ": " + Quote.visible(one.failure())).collect(Collectors.joining(", "))
                    + "; the one who pushes needs signer:SignPayload on the profile");
        }
        String others = statuses.stream().map(SigningStatus::profile).map(Quote::visible)
                .collect(Collectors.joining(", "));
        return look.notYet(GATE, "no signature with " + trusted() + (others.isEmpty()
                ? ""
                : ", but with " + others + ", which is not trusted"), patience,
                "add a rule for this repository to the signing configuration of the registry, or the profile to "
                        + "gates.yaml, and push again");
    }
}
