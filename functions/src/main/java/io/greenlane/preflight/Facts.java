package io.greenlane.preflight;

import io.greenlane.gate.GateFiles;
import io.greenlane.image.RepositoryName;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Survey;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.source.DocumentSearch.Sought;
import java.util.List;

/**
 * Looks at one link each. Every method but {@link #survey} throws an {@link UnseenException} when the service that knows does not
 * answer.
 */
public interface Facts {
    /** How a repository, which is there, treats what is pushed. */
    Care care(RepositoryName repository);

    /** The rule that pushes start releases by. */
    Rule rule();

    /** How the workflow of releases is; {@code ACTIVE} is well, empty when there is none. */
    String workflow();

    /** The service with all that deployments need, as far as AWS told it. */
    Survey survey(ServiceReference service);

    /** Whether the deployment group, which is there, rolls back a deployment that fails. */
    boolean goesBack(ServiceReference service);

    /** The alarms that stop a deployment of the group, which is there; none when they are not watched. */
    List<Alarm> alarms(ServiceReference service);

    /** Whether CodeDeploy may call the hooks for the deployment group, which is there. */
    Grants hooks(ServiceReference service);

    /** Whether the roles that a task definition names may be passed on to its next revision. */
    Grants taskRoles(String taskDefinitionArn);

    /** The host that the built-in default and {@link #ask} name in their requests; empty when they name none. */
    String checkHost();

    /** What a listener answers to a request from where validations are run. */
    Answer ask(Listener listener);

    /**
     * The search for the validation file.
     *
     * @param service name of the ECS service
     */
    Sought file(String service);

    /**
     * The search for the file of gates.
     *
     * @param service name of the ECS service
     */
    GateFiles.Sought gates(String service);

    /** Whether the stack has a key, without which a gate that asks for an approval rejects every release. */
    boolean canBeApproved();

    /** The topic that outcomes are announced on. */
    Topic topic();

    /**
     * A repository.
     *
     * @param tagsMove whether a tag can be given to another image
     * @param scansPushes whether its own settings ask for a scan of each push
     */
    record Care(boolean tagsMove, boolean scansPushes) {}

    /**
     * A rule.
     *
     * @param state {@code ENABLED} is well; empty when there is none
     * @param leadsToWorkflow whether the workflow is a target of it
     */
    record Rule(String name, String state, boolean leadsToWorkflow) {}

    /**
     * What a role may do by its own policies and its boundary.
     *
     * @param role its ARN
     * @param on what it was asked for
     * @param refused those of them for which the policies do not grant it
     */
    record Grants(String role, List<String> on, List<String> refused) {
        public Grants {
            on = List.copyOf(on);
            refused = List.copyOf(refused);
        }
    }

    /**
     * A topic.
     *
     * @param subscribers that have confirmed; negative when there is no such topic
     */
    record Topic(String arn, int subscribers) {}

    /** A fact that could not be had; the message says why, and what to do. */
    final class UnseenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnseenException(String sentence) {
            super(sentence);
        }
    }
}
