package io.greenlane.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.Finding.Blocked;
import io.greenlane.gate.Finding.NotYet;
import io.greenlane.gate.Finding.Passed;
import io.greenlane.gate.SigningStatus.State;
import io.greenlane.gate.cosign.CosignKey;
import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.gate.cosign.CosignSignature.Unreadable;
import io.greenlane.gate.cosign.Signer;
import io.greenlane.image.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final Duration WAIT = Duration.ofMinutes(30);
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final Look FIRST = new Look(START, START);
    private static final Look LATE = new Look(START.plus(WAIT), START);
    private static final String CI = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci";
    private static final String OTHER = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/laptop";
    private static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));
    private static final Signer SIGNER = Signer.usual();
    private static final Signer STRANGER = Signer.usual();
    private static final List<CosignKey> KEYS = List.of(Signer.usual().key("old"), SIGNER.key("ci"));

    private static Finding managed(Look look, SigningStatus... statuses) {
        return new Signature(List.of(CI), List.of(), WAIT).judge(IMAGE, List.of(statuses), List.of(), look);
    }

    private static Finding cosign(Look look, CosignSignature... signatures) {
        return new Signature(List.of(), KEYS, WAIT).judge(IMAGE, List.of(), List.of(signatures), look);
    }

    @Test
    void a_signature_by_who_is_trusted_passes_beside_others() {
        assertThat(
                managed(FIRST, new SigningStatus(OTHER, State.FAILED, "x"), new SigningStatus(CI, State.COMPLETE, "")))
                .isEqualTo(new Passed("signature", "signed with " + CI));
    }

    @Test
    void a_signature_that_is_absent_or_by_others_is_waited_for_and_blocks_then() {
        assertThat(managed(FIRST)).isInstanceOf(NotYet.class);
        assertThat(managed(LATE)).isInstanceOfSatisfying(Blocked.class, blocked -> assertThat(blocked.sentence())
                .startsWith("no signature with " + CI + ", and 30m of waiting are over"));
        assertThat(managed(FIRST, new SigningStatus(CI, State.IN_PROGRESS, ""))).isInstanceOf(NotYet.class);
        assertThat(managed(LATE, new SigningStatus(CI, State.IN_PROGRESS, ""))).isInstanceOf(Blocked.class);
        assertThat(managed(LATE, new SigningStatus(OTHER, State.COMPLETE, ""))).isInstanceOfSatisfying(Blocked.class,
                blocked -> assertThat(blocked.sentence()).contains("but with " + OTHER + ", which is not trusted"));
    }

    @Test
    void a_signature_that_could_not_be_made_blocks_at_once() {
        assertThat(managed(FIRST, new SigningStatus(CI, State.FAILED, "AccessDenied")))
                .isEqualTo(new Blocked("signature", "ECR could not sign the image: " + CI
                        + ": AccessDenied; the one who pushes needs signer:SignPayload on the profile"));
    }

    @Test
    void a_signature_of_cosign_with_a_trusted_key_passes_in_either_form_beside_others() {
        for (CosignSignature signature : List.of(SIGNER.simpleSigning(IMAGE), SIGNER.bundle(IMAGE))) {
            assertThat(cosign(FIRST, new Unreadable("it is too long"), STRANGER.bundle(IMAGE), signature))
                    .isEqualTo(new Passed("signature", "signed with the key 'ci' of cosign"));
        }
    }

    @Test
    void signatures_of_cosign_that_do_not_count_are_told_and_waited_beside() {
        assertThat(cosign(FIRST))
                .isEqualTo(new NotYet("signature", "no signature with the key 'old' of cosign or the key"
                        + " 'ci' of cosign; the release waits for it until 2026-03-04T05:36:07Z", START.plus(WAIT)));
        assertThat(cosign(LATE, STRANGER.simpleSigning(IMAGE), STRANGER.bundle(IMAGE),
                SIGNER.bundle(new Digest("sha256:" + "b".repeat(64))))).isEqualTo(new Blocked("signature",
                        "no signature with the key 'old' of cosign or the key 'ci' of cosign, but 2 of cosign with keys"
                                + " that are not trusted; one of cosign that does not count: key 'ci' signed another image,"
                                + " 'sha256:" + "b".repeat(64)
                                + "', and 30m of waiting are over: sign what was pushed with"
                                + " 'cosign sign --key', or add the public key to gates.yaml, and push again"));
    }

    @Test
    void any_number_of_signatures_that_do_not_count_makes_a_short_sentence() {
        CosignSignature[] many = Collections.nCopies(50, new Unreadable("x")).toArray(CosignSignature[]::new);
        assertThat(cosign(LATE, many).sentence()).contains("; 47 more that do not count").hasSizeLessThan(500);
    }

    @Test
    void one_of_both_ways_to_sign_is_enough_and_only_what_is_asked_for_counts() {
        Signature both = new Signature(List.of(CI), KEYS, WAIT);
        SigningStatus failed = new SigningStatus(CI, State.FAILED, "AccessDenied");
        SigningStatus complete = new SigningStatus(CI, State.COMPLETE, "");

        assertThat(both.judge(IMAGE, List.of(complete), List.of(), FIRST)).isInstanceOf(Passed.class);
        assertThat(both.judge(IMAGE, List.of(failed), List.of(SIGNER.bundle(IMAGE)), FIRST)).isInstanceOf(Passed.class);
        assertThat(both.judge(IMAGE, List.of(failed), List.of(), FIRST)).isInstanceOfSatisfying(NotYet.class,
                waiting -> assertThat(waiting.sentence())
                        .contains("but ECR could not sign it: " + CI + ": AccessDenied"));
        assertThat(managed(FIRST, complete)).isInstanceOf(Passed.class);
        assertThat(new Signature(List.of(CI), List.of(), WAIT).judge(IMAGE, List.of(), List.of(SIGNER.bundle(IMAGE)),
                FIRST)).isInstanceOf(NotYet.class);
    }
}
