package io.greenlane.aws;

import io.greenlane.hook.HookCall;
import io.greenlane.hook.Reports;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/** Reports verdicts to CodeDeploy. */
public final class CodeDeployReports implements Reports {
    private final CodeDeployClient codeDeploy;

    public CodeDeployReports(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    @Override
    public boolean report(HookCall call, boolean passed) {
        try {
            codeDeploy.putLifecycleEventHookExecutionStatus(it -> it.deploymentId(call.deploymentId())
                    .lifecycleEventHookExecutionId(call.executionId())
                    .status(passed ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED));
            return true;
        } catch (LifecycleEventAlreadyCompletedException | UnsupportedActionForDeploymentTypeException e) {
            return false;
        }
    }
}
