package io.greenlane.aws;

import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.Deployments;
import io.greenlane.deployment.ReleaseMark;
import io.greenlane.hook.Greens.GreenNotFoundException;
import io.greenlane.hook.HookExecution.CodeDeployHook;
import io.greenlane.hook.ValidationTarget;
import io.greenlane.release.Release;
import io.greenlane.release.Releases;
import io.greenlane.report.Subject;

/** What hooks of CodeDeploy are to validate: the task set of their deployment, behind the listeners of its group. */
public final class CodeDeployTargets {
    private final Deployments deployments;
    private final Releases releases;
    private final CodeDeployGreen greens;

    public CodeDeployTargets(Deployments deployments, Releases releases, CodeDeployGreen greens) {
        this.deployments = deployments;
        this.releases = releases;
        this.greens = greens;
    }

    /** The target of a hook; see {@link io.greenlane.hook.ValidationTargets#find}. */
    public ValidationTarget find(CodeDeployHook hook) {
        Deployment deployment = deployments.find(hook.deploymentId());
        if (deployment == null) {
            throw new GreenNotFoundException("CodeDeploy knows no deployment " + hook.deploymentId());
        }
        CodeDeployGreen.Found found = greens.find(deployment.application(), deployment.deploymentGroup(),
                deployment.id(), hook.event()).orElseThrow(
                        () -> new GreenNotFoundException(
                                "The ECS service of deployment group " + deployment.application() + "/"
                                        + deployment.deploymentGroup() + " has no task set of deployment "
                                        + deployment.id()));
        return new ValidationTarget(subject(deployment, found), found.service(), found.green(), found.blue(),
                found.routing());
    }

    private Subject subject(Deployment deployment, CodeDeployGreen.Found found) {
        Release release = ReleaseMark.release(deployment, releases);
        return release == null
                ? new Subject(deployment.id(), null, found.service(), null, null, null, found.taskDefinition())
                : new Subject(deployment.id(), release.id(),
                        release.service().cluster() + "/" + release.service().service(),
                        release.push().repository().text(), release.push().tag().text(),
                        release.push().digest().text(), found.taskDefinition(),
                        release.overridden().isEmpty() ? null : release.overriddenSentences());
    }
}
