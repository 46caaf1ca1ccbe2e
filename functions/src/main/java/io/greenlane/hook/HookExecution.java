package io.greenlane.hook;

import io.greenlane.json.JsonObject;
import io.greenlane.release.ReleaseId;
import io.greenlane.validation.HookEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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
                    new HookCall(json.text("deploymentId"), json.text("executionId")));
            case EcsHook.BY -> new EcsHook(event, json.text("serviceDeployment"), json.text("serviceRevision"));
            default -> throw new IllegalArgumentException(
                    json.path("by") + " must be " + CodeDeployHook.BY + " or " + EcsHook.BY + ", got " + by);
        };
    }

    /** A lifecycle event hook of CodeDeploy; it waits for a report. */
    record CodeDeployHook(HookEvent event, HookCall call) implements HookExecution {
        private static final String BY = "CODE_DEPLOY";

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
