package io.greenlane.aws;

import io.greenlane.gate.GateFiles;
import io.greenlane.image.RepositoryName;
import io.greenlane.preflight.Facts;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Listener;
import io.greenlane.probe.Request;
import io.greenlane.probe.Sender;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Survey;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.source.DocumentSearch;
import io.greenlane.validation.source.DocumentSearch.Sought;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;

/** What AWS says about the chain from a push to production. It changes nothing. */
public final class PreflightFacts implements Facts {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Asked asked;
    private final Installed installed;
    private final ServiceDiscovery discovery;
    private final CloudWatchAlarms alarms;
    private final DocumentSearch files;
    private final GateFiles gates;
    private final Supplier<Sender> senders;

    /**
     * Those of one installation.
     *
     * @param senders opens one for a request, which is closed after it
     */
    public PreflightFacts(Asked asked, Installed installed, ServiceDiscovery discovery, CloudWatchAlarms alarms,
            DocumentSearch files, GateFiles gates, Supplier<Sender> senders) {
        this.asked = asked;
        this.installed = installed;
        this.discovery = discovery;
        this.alarms = alarms;
        this.files = files;
        this.gates = gates;
        this.senders = senders;
    }

    /** The services that are asked. */
    public record Asked(CodeDeployClient codeDeploy, EcrClient ecr, EventBridgeClient events, SfnClient stepFunctions,
            SnsClient sns, EcsClient ecs, IamClient iam) {}

    /**
     * What the stack has brought.
     *
     * @param rule name of the EventBridge rule that pushes start releases by
     * @param stateMachineArn the workflow of releases
     * @param topicArn where outcomes are announced
     * @param checkHost in the Host header of the request to a listener; empty for the listener's own name
     * @param validationSource URI of the validation file; blank for the usual place
     * @param gatesSource URI of the file of gates; blank for the usual place
     * @param approvals whether there is a key that approvals are signed with
     * @param hooks ARNs of the functions that CodeDeploy calls
     * @param passingRole ARN of the role under which revisions are registered
     */
    public record Installed(String rule, String stateMachineArn, String topicArn, String checkHost,
            String validationSource, String gatesSource, boolean approvals, List<String> hooks, String passingRole) {
        public Installed {
            hooks = List.copyOf(hooks);
        }
    }

    @Override
    public Care care(RepositoryName repository) {
        return seen("ecr:DescribeRepositories", () -> {
            var found = asked.ecr().describeRepositories(call -> call.repositoryNames(repository.text()))
                    .repositories().get(0);
            return new Care(found.imageTagMutability() == ImageTagMutability.MUTABLE,
                    found.imageScanningConfiguration() != null
                            && Boolean.TRUE.equals(found.imageScanningConfiguration().scanOnPush()));
        });
    }

    @Override
    public Rule rule() {
        return seen("events:DescribeRule and events:ListTargetsByRule", () -> {
            try {
                String state = asked.events().describeRule(call -> call.name(installed.rule())).stateAsString();
                boolean leads = asked.events().listTargetsByRule(call -> call.rule(installed.rule())).targets().stream()
                        .anyMatch(target -> target.arn().equals(installed.stateMachineArn()));
                return new Rule(installed.rule(), state, leads);
            } catch (software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException e) {
                return new Rule(installed.rule(), "", false);
            }
        });
    }

    @Override
    public String workflow() {
        return seen("states:DescribeStateMachine", () -> {
            try {
                return asked.stepFunctions()
                        .describeStateMachine(call -> call.stateMachineArn(installed.stateMachineArn()))
                        .statusAsString();
            } catch (StateMachineDoesNotExistException e) {
                return "";
            }
        });
    }

    @Override
    public Survey survey(ServiceReference service) {
        return discovery.survey(service,
                failure -> notSeen(failure, "what docs/security/permissions.md has for PreflightRole"));
    }

    @Override
    public boolean goesBack(ServiceReference service) {
        AutoRollbackConfiguration rollback = group(service).autoRollbackConfiguration();
        return rollback != null && Boolean.TRUE.equals(rollback.enabled());
    }

    @Override
    public List<Alarm> alarms(ServiceReference service) {
        List<String> names = CodeDeployGroups.alarms(group(service));
        return names.isEmpty() ? List.of() : seen("cloudwatch:DescribeAlarms", () -> alarms.now(names));
    }

    @Override
    public Grants hooks(ServiceReference service) {
        return grants(group(service).serviceRoleArn(), "lambda:InvokeFunction", installed.hooks(), List.of());
    }

    @Override
    public Grants taskRoles(String taskDefinitionArn) {
        TaskDefinition running = seen("ecs:DescribeTaskDefinition",
                () -> asked.ecs().describeTaskDefinition(call -> call.taskDefinition(taskDefinitionArn))
                        .taskDefinition());
        return grants(installed.passingRole(), "iam:PassRole",
                Stream.of(running.executionRoleArn(), running.taskRoleArn()).filter(Objects::nonNull).distinct()
                        .toList(),
                List.of(ContextEntry.builder().contextKeyName("iam:PassedToService")
                        .contextKeyType(ContextKeyTypeEnum.STRING).contextKeyValues("ecs-tasks.amazonaws.com")
                        .build()));
    }

    private DeploymentGroupInfo group(ServiceReference service) {
        return seen("codedeploy:GetDeploymentGroup",
                () -> asked.codeDeploy().getDeploymentGroup(call -> call.applicationName(service.application())
                        .deploymentGroupName(service.deploymentGroup())).deploymentGroupInfo());
    }

    /** Asks for each resource alone: of several in one call the answer of IAM's simulator is about all of them together. */
    private Grants grants(String role, String action, List<String> resources, List<ContextEntry> context) {
        return seen("iam:SimulatePrincipalPolicy", () -> new Grants(role, resources, resources.stream()
                .filter(resource -> asked.iam()
                        .simulatePrincipalPolicy(call -> call.policySourceArn(role).actionNames(action)
                                .resourceArns(resource).contextEntries(context))
                        .evaluationResults().stream()
                        .anyMatch(result -> result.evalDecision() != PolicyEvaluationDecisionType.ALLOWED))
                .toList()));
    }

    @Override
    public String checkHost() {
        return installed.checkHost();
    }

    @Override
    public Answer ask(Listener listener) {
        Map<String, String> headers = checkHost().isEmpty() ? Map.of() : Map.of("host", checkHost());
        try (Sender sender = senders.get()) {
            return sender.send(listener, new Request("GET", "/", headers, null, PATIENCE));
        }
    }

    @Override
    public Sought file(String service) {
        return files.of(installed.validationSource(), service);
    }

    @Override
    public GateFiles.Sought gates(String service) {
        return gates.of(service);
    }

    @Override
    public boolean canBeApproved() {
        return installed.approvals();
    }

    @Override
    public Topic topic() {
        return seen("sns:GetTopicAttributes", () -> {
            try {
                return new Topic(installed.topicArn(), Integer.parseInt(asked.sns()
                        .getTopicAttributes(call -> call.topicArn(installed.topicArn())).attributes()
                        .getOrDefault("SubscriptionsConfirmed", "0")));
            } catch (NotFoundException e) {
                return new Topic(installed.topicArn(), -1);
            }
        });
    }

    private static <T> T seen(String permissions, Supplier<T> look) {
        try {
            return look.get();
        } catch (SdkException e) {
            throw new UnseenException(notSeen(e, permissions));
        }
    }

    private static String notSeen(SdkException failure, String permissions) {
        return "not looked at: " + Refusal.of(failure, permissions);
    }
}
