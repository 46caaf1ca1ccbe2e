package io.greenlane.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.image.Push;
import io.greenlane.operate.OperatorDesk.Reply;
import io.greenlane.release.Aftermath;
import io.greenlane.release.ApprovalTerms;
import io.greenlane.release.ApprovalToken;
import io.greenlane.release.Approvals;
import io.greenlane.release.HmacSeal;
import io.greenlane.release.Operator;
import io.greenlane.release.Outcome;
import io.greenlane.release.OutcomeDesk;
import io.greenlane.release.Release;
import io.greenlane.release.World;
import io.greenlane.service.Overlap.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApproverTest {
    private static final Operator ADA = new Operator("Ada", "Looks good.");
    private static final String CHANGE = "0b".repeat(32);

    private final World world = new World();
    private final HmacSeal seal = new HmacSeal();
    private final Approvals approvals = new Approvals(world.ledger());
    private final Approver approver = new Approver(world.ledger(), world.waking(), seal, world.outbox(), world.clock);
    private final Release release = opened('a');

    private Release opened(char digest) {
        Push push = World.push(digest, "event-" + digest, world.now);
        String execution = World.execution("e-" + digest);
        world.admissionDesk().ask(push, World.SHOP, execution, Policy.NEWEST_WINS, null, null);
        return Release.opened(push, World.SHOP, 1, execution, world.now);
    }

    private ApprovalToken ask(Release one, String change, String why) {
        ApprovalTerms terms = approvals
                .ask(new ApprovalTerms(one.id(), 1, change, World.START.plus(Duration.ofHours(1))),
                        World.SHOP, "what starts", why, world.now)
                .asked().request().terms();
        return new ApprovalToken(terms, seal.of(terms.text()));
    }

    private Reply approve(Release one, ApprovalToken token) {
        return approver.approve(one.id(), ApprovalToken.parse(token.text()), ADA);
    }

    private static void refused(Reply reply, String sentence) {
        assertThat(reply.accepted()).as(reply.sentence()).isFalse();
        assertThat(reply.sentence()).isEqualTo(sentence);
    }

    @Test
    void an_approval_is_kept_told_and_wakes_the_release() {
        world.queue().sleep(World.SHOP, release.id(), world.asleep("token-1"));

        assertThat(approve(release, ask(release, CHANGE, ""))).isEqualTo(new Reply(true, true, "Release " + release.id()
                + " is approved: what starts."));
        assertThat(world.told).singleElement().satisfies(told -> assertThat(told.token()).isEqualTo("token-1"));
        assertThat(world.announced).singleElement().satisfies(told -> assertThat(told.message())
                .containsEntry("operation", "APPROVE").containsEntry("by", "Ada"));
        assertThat(approvals.find(release.id())).satisfies(asked -> assertThat(asked.decision()).satisfies(
                decision -> assertThat(decision.sentence())
                        .isEqualTo("approved by Ada at 2026-03-04T05:06:07Z (Looks good.)")));
    }

    @Test
    void the_same_again_is_done_once_and_wakes_who_was_not_woken() {
        ApprovalToken token = ask(release, CHANGE, "");
        approve(release, token);
        world.queue().sleep(World.SHOP, release.id(), world.asleep("token-1"));
        world.pass(Duration.ofMinutes(1));

        assertThat(approve(release, token)).isEqualTo(new Reply(true, false, "Nothing new: release " + release.id()
                + " was approved by Ada at 2026-03-04T05:06:07Z (Looks good.)."));
        assertThat(world.told).hasSize(1);
        assertThat(world.announced).hasSize(1);
    }

    @Test
    void a_token_is_good_once_for_whoever_comes_first() {
        ApprovalToken token = ask(release, CHANGE, "");
        approve(release, token);

        refused(approver.approve(release.id(), token, new Operator("Bob", "Me too.")), "Nothing new: release "
                + release.id() + " was approved by Ada at 2026-03-04T05:06:07Z (Looks good.).");
        assertThat(approver.refuse(release.id(), new Operator("Bob", "No.")).changed()).isTrue();
        refused(approve(release, token), "Nothing new: release " + release.id()
                + " was refused by Bob at 2026-03-04T05:06:07Z (No.).");
    }

    @Test
    void a_forged_token_is_none() {
        ApprovalToken token = ask(release, CHANGE, "");
        for (ApprovalTerms terms : new ApprovalTerms[]{
                new ApprovalTerms(opened('b').id(), 1, CHANGE, token.terms().until()),
                new ApprovalTerms(release.id(), 2, CHANGE, token.terms().until()),
                new ApprovalTerms(release.id(), 1, "0c".repeat(32), token.terms().until()),
                new ApprovalTerms(release.id(), 1, CHANGE, token.terms().until().plusSeconds(1))}) {
            refused(approve(release, new ApprovalToken(terms, token.code())),
                    "This stack never gave out that token; copy the whole of it from the message.");
        }
        refused(approve(release, new ApprovalToken(token.terms(), new HmacSeal().of(token.terms().text()))),
                "This stack never gave out that token; copy the whole of it from the message.");
        assertThatThrownBy(() -> ApprovalToken.parse(token.text() + "\n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--token must be the whole token of the message");
        assertThat(approvals.find(release.id())).satisfies(asked -> assertThat(asked.decision()).isNull());
    }

    @Test
    void the_token_of_another_image_is_for_that_image() {
        ApprovalToken token = ask(release, CHANGE, "");
        Release other = opened('b');
        ask(other, CHANGE, "");

        refused(approve(other, token), "The token is for release " + release.id() + ", which brings "
                + World.digest('a') + ", and not for release " + other.id() + ", which brings " + World.digest('b')
                + ".");
    }

    @Test
    void a_token_for_what_was_to_start_before_says_what_has_changed() {
        ApprovalToken token = ask(release, CHANGE, "");
        ask(release, "0c".repeat(32), "production moved");

        refused(approve(release, token), "What would start is not what the token is for: production moved. Look at the"
                + " message of 2026-03-04T05:06:07Z, which has another token.");
    }

    @Test
    void a_token_ends() {
        ApprovalToken token = ask(release, CHANGE, "");
        world.pass(Duration.ofHours(1));

        refused(approve(release, token), "The token was good until 2026-03-04T06:06:07Z, and it is"
                + " 2026-03-04T06:06:07Z: push again, and approve in time.");
    }

    @Test
    void a_release_that_ended_is_neither_approved_nor_refused() {
        ApprovalToken token = ask(release, CHANGE, "");
        world.outcomeDesk().record(release.push(), World.SHOP, release.execution(),
                new OutcomeDesk.Verdict(Outcome.SUPERSEDED, "A newer push.", null, Aftermath.NONE));

        String sentence = "Release " + release.id()
                + " ended as SUPERSEDED at 2026-03-04T05:06:07Z; nothing of it is to"
                + " be approved or refused.";
        refused(approve(release, token), sentence);
        refused(approver.refuse(release.id(), ADA), sentence);
    }

    @Test
    void what_nobody_asked_for_is_neither_approved_nor_refused() {
        ApprovalTerms terms = new ApprovalTerms(release.id(), 1, CHANGE, World.START.plusSeconds(60));
        String sentence = "Nobody is asked to approve release " + release.id() + ".";
        refused(approve(release, new ApprovalToken(terms, seal.of(terms.text()))), sentence);
        refused(approver.refuse(release.id(), ADA), sentence);
        refused(approver.refuse("r-1", ADA), "The ledger knows no release 'r-1'.");
    }
}
