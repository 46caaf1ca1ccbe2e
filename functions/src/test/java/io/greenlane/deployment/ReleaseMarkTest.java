package io.greenlane.deployment;

import static io.greenlane.release.World.SHOP;
import static io.greenlane.release.World.START;
import static io.greenlane.release.World.push;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.release.Release;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseMarkTest {
    private static final Release RELEASE = Release.opened(push('a', "event-1", START), SHOP, 1, "one", START);
    private static final Release SENT = RELEASE.with(RELEASE.launch().begun(0, "token", "arn:7", "{\"spec\":1}", null));
    private static final String HASH = new AppSpecContent("{\"spec\":1}").sha256();

    private static Deployment deployment(String application, String group, String creator, String description,
            @Nullable String hash, @Nullable String takesBack) {
        return new Deployment("d-1", application, group, DeploymentStatus.IN_PROGRESS, creator, description, hash,
                null, null, null, takesBack, START, null, false);
    }

    private static Deployment deployment(@Nullable String hash) {
        return deployment("shop", "shop-api", "user", ReleaseMark.of(RELEASE), hash, null);
    }

    @Test
    void a_deployment_with_mark_service_and_appspec_is_of_the_release() {
        assertThat(ReleaseMark.matches(deployment(HASH), SENT)).isTrue();
        assertThat(ReleaseMark.matches(deployment(HASH), RELEASE)).as("no AppSpec is known here").isTrue();
        assertThat(ReleaseMark.matches(deployment(null), SENT)).as("none is known there").isTrue();
    }

    @Test
    void a_deployment_that_differs_in_any_of_them_is_not() {
        String mark = ReleaseMark.of(RELEASE);
        assertThat(List.of(deployment("0".repeat(64)), deployment("store", "shop-api", "user", mark, HASH, null),
                deployment("shop", "shop-web", "user", mark, HASH, null),
                deployment("shop", "shop-api", "user", "by hand", HASH, null),
                deployment("shop", "shop-api", "user", mark.replace("release r-", "release r-f"), HASH, null),
                deployment("shop", "shop-api", "codeDeployRollback", mark, HASH, null),
                deployment("shop", "shop-api", "user", mark, HASH, "d-0")))
                .noneMatch(other -> ReleaseMark.matches(other, SENT));
    }

    @Test
    void a_description_is_cut_at_the_limit_of_codedeploy_and_still_names_the_release() {
        int fixed = ReleaseMark.of(Release.opened(push("ab", 'a', "event-1", START), SHOP, 1, "one", START)).length()
                - 2;
        for (int more : new int[]{0, 1, 50}) {
            Release wordy = Release.opened(push("a".repeat(ReleaseMark.LONGEST - fixed + more), 'a', "event-1", START),
                    SHOP, 1, "one", START);
            assertThat(ReleaseMark.of(wordy)).hasSize(ReleaseMark.LONGEST);
            assertThat(ReleaseMark.releaseId(ReleaseMark.of(wordy))).isEqualTo(wordy.id());
        }
    }

    @Test
    void the_deployment_that_the_ledger_knows_is_found_only_when_it_is_of_the_release() {
        Site site = new Site();
        Release before = Objects.requireNonNull(site.world.releases().find(site.release));
        assertThat(ReleaseMark.deployment(before, site.codeDeploy)).isNull();
        String id = Objects.requireNonNull(site.look(0, "token-0").deploymentId());
        Release release = Objects.requireNonNull(site.world.releases().find(site.release));
        assertThat(ReleaseMark.deployment(release, site.codeDeploy)).isEqualTo(site.codeDeploy.find(id));
        assertThat(ReleaseMark.release(Objects.requireNonNull(site.codeDeploy.find(id)), site.world.releases()))
                .isEqualTo(release);
        String byHand = site.codeDeploy.byHand();
        assertThat(ReleaseMark.deployment(release.with(release.launch().known(byHand)), site.codeDeploy)).isNull();
        assertThat(ReleaseMark.deployment(release.with(release.launch().known("d-GONE")), site.codeDeploy)).isNull();
        assertThat(ReleaseMark.release(Objects.requireNonNull(site.codeDeploy.find(byHand)), site.world.releases()))
                .isNull();
    }
}
