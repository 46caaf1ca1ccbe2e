package io.greenlane.rehearsal.show;

import io.greenlane.validation.source.SourceUri;
import org.jspecify.annotations.Nullable;

/** What {@code ./rehearse serve} prints: addresses for people, then lines for a shell. */
final class ServeNotice {
    private ServeNotice() {}

    static String of(Cloud cloud, Cloud.@Nullable Site site, int timeFactor) {
        String region = cloud.account().region();
        StringBuilder notice = new StringBuilder("\nThe local cloud is up. On it, " + Durations.meaning(timeFactor)
                + ". Ctrl-C ends it, and its state with it.\n\n");
        row(notice, "AWS endpoint", cloud.endpoint().toString());
        row(notice, "Account", cloud.account().id() + ", " + region);
        row(notice, "Registry", cloud.registryAddress());
        if (site != null) {
            row(notice, "Production", site.production().toString());
            row(notice, "Test listener", site.test().toString());
            row(notice, "Repository", cloud.registryAddress() + "/" + Cloud.REPOSITORY);
            row(notice, "Workflow", site.stateMachineArn());
            row(notice, "Validation", SourceUri.usualOf(site.service()).text()
                    + " (wants the version of the tag; without it: the built-in default)");
        }
        notice.append("\nFor the shell of another tool:\n\n");
        export(notice, "AWS_ENDPOINT_URL", cloud.endpoint().toString());
        export(notice, "AWS_REGION", region);
        export(notice, "AWS_DEFAULT_REGION", region);
        export(notice, "AWS_ACCESS_KEY_ID", "local");
        export(notice, "AWS_SECRET_ACCESS_KEY", "local");
        export(notice, "AWS_ACCOUNT_ID", cloud.account().id());
        export(notice, "REGISTRY", cloud.registryAddress());
        if (site != null) {
            export(notice, "PRODUCTION_URL", site.production().toString());
            export(notice, "TEST_URL", site.test().toString());
            export(notice, "STATE_MACHINE_ARN", site.stateMachineArn());
            export(notice, "OPERATE_FUNCTION", site.operateFunction());
            export(notice, "PREFLIGHT_FUNCTION", site.preflightFunction());
            export(notice, "APPROVE_FUNCTION", site.approveFunction());
        }
        return notice
                .append("\nTo push an image, with one of:\n\n")
                .append("aws ecr get-login-password | docker login --username AWS --password-stdin $REGISTRY\n")
                .append("aws ecr get-login-password | skopeo login --tls-verify=false --username AWS --password-stdin"
                        + " $REGISTRY\n\n")
                .toString();
    }

    private static void row(StringBuilder notice, String name, String value) {
        notice.append("  ").append(name).append(" ".repeat(16 - name.length())).append(value).append('\n');
    }

    private static void export(StringBuilder notice, String name, String value) {
        notice.append("export ").append(name).append('=').append(value).append('\n');
    }
}
