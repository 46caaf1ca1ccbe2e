package io.greenlane.hook;

import io.greenlane.json.JsonObject;
import io.greenlane.release.Release;
import io.greenlane.release.ReleaseId;
import io.greenlane.validation.HookEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One hook of one deployment, of whatever makes deployments; travels through the workflows as JSON.
 */
public sealed interface HookExecution {
    /** Which of the hooks. */
    HookEvent event();

    /** The deployment, unique in the account, as verdicts and reports are kept under it. */
    String deploymentId();

    /** As JSON has it. */
    Map<String, Object> members();

    /** The same for every call of the same hook of the same deployment; fit for an execution of Step Functions. */
    default String name() {
        String name = deploymentId() + "-" + event();
        return name.length() <= 80 && name.matches("[A-Za-z0-9_-]+")
                ? name
                : ReleaseId.hash(deploymentId()) + "-" + event();
    }

    /** Read back; an {@link IllegalArgumentException} names what does not fit. */
    static HookExecution from(JsonObject json) {
        HookEvent event = HookEvent.of(json.text("event"));
        String by = json.text("by");
        return switch (by) {
            case CodeDeployHook.BY -> new CodeDeployHook(event,
                    new HookCall(json.text("deploymentId"), json.text("executionId")),
                    json.optionalText("groupRelease") == null
                            ? null
                            : new CodeDeployHook.MemberOf(json.text("groupRelease"), json.text("releaseId")));
            case EcsHook.BY -> new EcsHook(event, json.text("serviceDeployment"), json.text("serviceRevision"));
            default -> throw new IllegalArgumentException(
                    json.path("by") + " must be " + CodeDeployHook.BY + " or " + EcsHook.BY + ", got " + by);
        };
    }

    /**
     * A lifecycle event hook of CodeDeploy; it waits for a report.
     *
     * @param member the release of a member of a group, that the deployment brings; null when it brings none, or that is not known
     */
    record CodeDeployHook(HookEvent event, HookCall call, @Nullable MemberOf member) implements HookExecution {
        private static final String BY = "CODE_DEPLOY";

        /** Of a deployment of which nothing more is known. */
        public CodeDeployHook(HookEvent event, HookCall call) {
            this(event, call, null);
        }

        /** Which group's release a release is part of. */
        public record MemberOf(String groupRelease, String releaseId) {}

        /** The same, of a deployment that brings this release. */
        CodeDeployHook of(@Nullable Release release) {
            return release == null || !release.isMember()
                    ? this
                    : new CodeDeployHook(event, call, new MemberOf(release.turnId(), release.id()));
        }

        @Override
        public String deploymentId() {
            return call.deploymentId();
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("by", BY);
            members.put("event", event.toString());
            members.put("deploymentId", call.deploymentId());
            members.put("executionId", call.executionId());
            if (member != null) {
                members.put("groupRelease", member.groupRelease());
                members.put("releaseId", member.releaseId());
            }
            return members;
        }
    }

    /**
     * A lifecycle hook of a deployment that ECS makes itself; ECS asks until there is a verdict.
     *
     * @param serviceDeployment ARN; its last part is the deployment's id
     * @param serviceRevision ARN of the revision that the deployment brings
     */
    record EcsHook(HookEvent event, String serviceDeployment, String serviceRevision) implements HookExecution {
        private static final String BY = "ECS";

        public EcsHook {
            Objects.requireNonNull(event);
            if (serviceDeployment.endsWith("/") || serviceDeployment.indexOf('/') < 0) {
                throw new IllegalArgumentException("The ARN of a service deployment ends in /<id>, got '"
                        + serviceDeployment + "'");
            }
        }

        @Override
        public String deploymentId() {
            return serviceDeployment.substring(serviceDeployment.lastIndexOf('/') + 1);
        }

        @Override
        public Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("by", BY);
            members.put("event", event.toString());
            members.put("serviceDeployment", serviceDeployment);
            members.put("serviceRevision", serviceRevision);
            return members;
        }
    }
}
