package io.greenlane.deployment;

import io.greenlane.release.Release;
import io.greenlane.release.ReleaseId;
import io.greenlane.release.Releases;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The mark that tells a deployment's release: the beginning of its description. */
public final class ReleaseMark {
    /** CodeDeploy's limit for descriptions (CodeDeploy guide, quotas). */
    static final int LONGEST = 256;

    private static final Pattern MARK = Pattern.compile("Greenlane release (" + ReleaseId.FORM + ")(?: .*)?");

    private static final Pattern GROUP_MARK = Pattern
            .compile("Greenlane release " + ReleaseId.FORM + " in (" + ReleaseId.GROUP_FORM + ") .*");

    private ReleaseMark() {}

    /** The description of a release's deployment. */
    public static String of(Release release) {
        String text = "Greenlane release " + release.id()
                + (release.isMember() ? " in " + release.groupRelease() : "") + " of " + release.push().repository()
                + "@"
                + release.push().digest();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** The release that a description names; null when it names none. It may be an imitation. */
    public static @Nullable String releaseId(String description) {
        Matcher mark = MARK.matcher(description);
        return mark.matches() ? mark.group(1) : null;
    }

    /** The release of a group whose member a description names; null when it names none. It may be an imitation. */
    public static @Nullable String groupRelease(String description) {
        Matcher mark = GROUP_MARK.matcher(description);
        return mark.matches() ? mark.group(1) : null;
    }

    /** The release that a deployment brings; null when it brings none of ours. */
    public static @Nullable Release release(Deployment deployment, Releases releases) {
        String id = releaseId(deployment.description());
        Release release = id == null ? null : releases.find(id);
        return release != null && matches(deployment, release) ? release : null;
    }

    /** The deployment that the ledger knows the release by; null when it knows none, or CodeDeploy none that is of the release. */
    public static @Nullable Deployment deployment(Release release, Deployments deployments) {
        String id = release.launch().deploymentId();
        Deployment deployment = id == null ? null : deployments.find(id);
        return deployment != null && matches(deployment, release) ? deployment : null;
    }

    /** Whether the deployment is of the release: the mark alone could be an imitation, so the AppSpec must agree too. */
    public static boolean matches(Deployment deployment, Release release) {
        String sent = release.launch().appSpec();
        String has = deployment.appSpecSha256();
        return release.id().equals(releaseId(deployment.description())) && !deployment.isRollback()
                && deployment.application().equals(release.service().application())
                && deployment.deploymentGroup().equals(release.service().deploymentGroup())
                && (sent == null || has == null || has.equals(new AppSpecContent(sent).sha256()));
    }
}
