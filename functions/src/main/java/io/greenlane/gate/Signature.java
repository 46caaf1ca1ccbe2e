package io.greenlane.gate;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.gate.SigningStatus.State;
import io.greenlane.gate.cosign.CosignKey;
import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.gate.cosign.Verification;
import io.greenlane.gate.cosign.Verification.Foreign;
import io.greenlane.gate.cosign.Verification.Signed;
import io.greenlane.gate.cosign.Verification.Unfit;
import io.greenlane.image.Digest;
import io.greenlane.json.Quote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image that was pushed is signed by somebody who is trusted: with ECR's managed signing, whose state the registry reports, or
 * with cosign, which is verified here. One of all who are named is enough.
 *
 * @param profiles ARNs of the trusted signing profiles of AWS Signer
 * @param keys trusted keys of cosign; at least one of the two lists has somebody
 * @param patience how long a release waits for a signature
 */
public record Signature(List<String> profiles, List<CosignKey> keys, Duration patience) implements Gate {
    static final String GATE = "signature";
    private static final int SHOWN = 3;

    public Signature {
        profiles = List.copyOf(profiles);
        keys = List.copyOf(keys);
    }

    @Override
    public String name() {
        return GATE;
    }

    @Override
    public String sentence() {
        return "signature: the image is signed with " + trusted() + "; a release waits for " + Waits.text(patience);
    }

    private String trusted() {
        return Stream
                .concat(profiles.stream(), keys.stream().map(key -> "the key " + Quote.of(key.name()) + " of cosign"))
                .collect(Collectors.joining(" or "));
    }

    /**
     * Judges all signatures of the image. What others signed neither helps nor harms.
     *
     * @param image as it was pushed
     * @param statuses what ECR knows of its own signatures
     * @param cosign what lies beside the image
     */
    Finding judge(Digest image, List<SigningStatus> statuses, List<CosignSignature> cosign, Look look) {
        List<SigningStatus> trusted = statuses.stream().filter(one -> profiles.contains(one.profile())).toList();
        for (SigningStatus one : trusted) {
            if (one.state() == State.COMPLETE) {
                return new Passed(GATE, "signed with " + one.profile());
            }
        }
        List<Verification> verified = cosign.stream().map(one -> Verification.of(one, image, keys)).toList();
        for (Verification one : verified) {
            if (one instanceof Signed(CosignKey key)) {
                return new Passed(GATE, "signed with the key " + Quote.of(key.name()) + " of cosign");
            }
        }
        if (trusted.stream().anyMatch(one -> one.state() == State.IN_PROGRESS)) {
            return look.notYet(GATE, "ECR is signing the image with " + String.join(" or ", profiles), patience,
                    "look at the signing configuration of the registry, and push again");
        }
        if (!trusted.isEmpty() && keys.isEmpty()) {
            return new Blocked(GATE, "ECR could not sign the image: " + failures(trusted)
                    + "; the one who pushes needs signer:SignPayload on the profile");
        }
        return look.notYet(GATE, "no signature with " + trusted() + others(statuses, verified), patience, wayOut());
    }

    private static String failures(List<SigningStatus> trusted) {
        return trusted.stream().map(one -> one.profile() + ": " + Quote.visible(one.failure()))
                .collect(Collectors.joining(", "));
    }

    private String wayOut() {
        List<String> ways = new ArrayList<>();
        if (!profiles.isEmpty()) {
            ways.add("add a rule for this repository to the signing configuration of the registry, or the profile to "
                    + "gates.yaml");
        }
        if (!keys.isEmpty()) {
            ways.add("sign what was pushed with 'cosign sign --key', or add the public key to gates.yaml");
        }
        return String.join(", or ", ways) + ", and push again";
    }

    /** What else is there, for whoever believed that the image is signed. */
    private String others(List<SigningStatus> statuses, List<Verification> verified) {
        List<String> others = new ArrayList<>();
        String distrusted = statuses.stream().filter(one -> !profiles.contains(one.profile()))
                .map(one -> Quote.visible(one.profile())).collect(Collectors.joining(", "));
        if (!distrusted.isEmpty()) {
            others.add("with " + distrusted + ", which is not trusted");
        }
        List<SigningStatus> failed = statuses.stream().filter(one -> profiles.contains(one.profile())).toList();
        if (!failed.isEmpty()) {
            others.add("ECR could not sign it: " + failures(failed));
        }
        long foreign = verified.stream().filter(Foreign.class::isInstance).count();
        if (foreign > 0) {
            others.add(foreign + " of cosign with keys that are not trusted");
        }
        List<String> unfit = verified.stream().filter(Unfit.class::isInstance).map(Unfit.class::cast)
                .map(Unfit::sentence).toList();
        unfit.stream().limit(SHOWN).forEach(sentence -> others.add("one of cosign that does not count: " + sentence));
        if (unfit.size() > SHOWN) {
            others.add((unfit.size() - SHOWN) + " more that do not count");
        }
        return others.isEmpty() ? "" : ", but " + String.join("; ", others);
    }
}
