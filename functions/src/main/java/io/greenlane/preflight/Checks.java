package io.greenlane.preflight;

import io.greenlane.gate.Approval;
import io.greenlane.gate.Gate;
import io.greenlane.gate.GateFiles;
import io.greenlane.gate.GateRules;
import io.greenlane.image.RepositoryName;
import io.greenlane.preflight.Chain.Part;
import io.greenlane.preflight.Facts.Grants;
import io.greenlane.preflight.Facts.Rule;
import io.greenlane.preflight.Facts.Topic;
import io.greenlane.preflight.Facts.UnseenException;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Listener;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.Survey;
import io.greenlane.service.Survey.Aspect;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.source.DocumentSearch.Sought;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the chain of a service, link by link. What the first step of each release looks at as well, the {@link Survey}, is
 * judged by its sentences.
 */
public final class Checks {
    private static final String BEHIND = "not looked at, since something before it does not hold";

    private final Facts facts;

    public Checks(Facts facts) {
        this.facts = facts;
    }

    /**
     * The chain of a stack whose services cannot be told from its settings.
     *
     * @param problems with its parameter {@code Services}
     */
    public static Chain unusable(List<String> problems) {
        return new Chain("the stack", List.of(new Part("a push starts a release", problems.stream()
                .map(problem -> Link.broken("services", problem
                        + ". Every release fails until Services of the stack is corrected."))
                .toList())));
    }

    /** Looks at all of it; asks and changes nothing else. */
    public Chain of(ServiceReference service) {
        Survey survey = facts.survey(service);
        return new Chain(service.key(), List.of(new Part("a push starts a release", push(service, survey)),
                new Part("a release can deploy", deployment(service, survey)),
                new Part("hooks can judge", judgement(service, survey)), new Part("somebody hears of it", news())));
    }

    private List<Link> push(ServiceReference service, Survey survey) {
        RepositoryName name = service.repository();
        Link repository = surveyed("repository", survey, Aspect.REPOSITORY, name + " is there",
                "Create it, or correct RepositoryName or Services of the stack.");
        return repository.bears()
                ? List.of(repository, look("tags", () -> tags(name)), look("scans", () -> scans(name)),
                        look("event rule", this::rule), look("workflow", this::workflow))
                : List.of(repository, look("event rule", this::rule), look("workflow", this::workflow));
    }

    private Link tags(RepositoryName name) {
        return facts.care(name).tagsMove()
                ? Link.warns("tags",
                        "a tag of " + name + " can be given to another image, so that it does not say what was "
                                + "released; aws ecr put-image-tag-mutability --repository-name " + name
                                + " --image-tag-mutability IMMUTABLE")
                : Link.holds("tags", "a tag stays with its image");
    }

    private Link scans(RepositoryName name) {
        return facts.care(name).scansPushes()
                ? Link.holds("scans", "pushes are scanned")
                : Link.warns("scans",
                        "nothing in " + name + " asks for a scan of what is pushed; unless the registry scans "
                                + "it, aws ecr put-image-scanning-configuration --repository-name " + name
                                + " --image-scanning-configuration scanOnPush=true");
    }

    private Link rule() {
        Rule rule = facts.rule();
        if (rule.state().isEmpty()) {
            return Link.broken("event rule", "the EventBridge rule " + rule.name()
                    + " does not exist, so no push starts a release; deploy the stack anew");
        }
        if (!rule.state().startsWith("ENABLED")) {
            return Link.broken("event rule", "the EventBridge rule " + rule.name() + " is " + rule.state()
                    + ", so no push starts a release; aws events enable-rule --name " + rule.name());
        }
        return rule.leadsToWorkflow()
                ? Link.holds("event rule", rule.name() + " is enabled and leads to the workflow")
                : Link.broken("event rule", "the EventBridge rule " + rule.name()
                        + " does not lead to the workflow of this stack; deploy the stack anew");
    }

    private Link workflow() {
        String status = facts.workflow();
        return status.equals("ACTIVE")
                ? Link.holds("workflow", "it is active")
                : Link.broken("workflow", "the state machine of releases "
                        + (status.isEmpty() ? "does not exist" : "is " + status) + "; deploy the stack anew");
    }

    private List<Link> deployment(ServiceReference service, Survey survey) {
        Link group = surveyed("deployment group", survey, Aspect.GROUP, service.key()
                + " deploys blue/green to ECS, with two target groups and both listeners",
                "Correct the group, or CodeDeployApplicationName and DeploymentGroupName or Services of the stack.");
        Link roles = surveyed("ECS service", survey, Aspect.SERVICE, "it runs, and CodeDeploy deploys it",
                "A service gets its deployment controller when it is created, and its target group with it.");
        Link traffic = surveyed("listeners", survey, Aspect.TRAFFIC,
                "production goes to one of the target groups, and the test listener is there",
                "Correct the listeners, or those that the deployment group names.");
        Link image = surveyed("image", survey, Aspect.IMAGE, "production runs an image of " + service.repository(),
                "Deploy once by hand with an image of it, or correct RepositoryName or Services of the stack.");
        Survey.Found found = survey.found();
        return List.of(group, roles, traffic, image, look("gates file", found.service(), this::gates),
                look("task roles", found.taskDefinition(), this::taskRoles),
                look("rollback", found.service(), named -> rollback(service)),
                look("alarms", found.service(), named -> alarms(service)));
    }

    private Link gates(String service) {
        return switch (facts.gates(service)) {
            case GateFiles.Sought.File(GateRules rules) -> gates(rules);
            case GateFiles.Sought.None none -> Link.holds("gates file", "there is none, so no gate holds a release");
            case GateFiles.Sought.Unusable(String sentence) -> Link.broken("gates file", sentence
                    + ", so every release is rejected; put a file there that ./rehearse gates FILE can read, or correct"
                    + " GatesSource of the stack");
            case GateFiles.Sought.Unreadable(String sentence) -> Link.unseen("gates file", sentence
                    + "; a release would wait for it for half an hour");
        };
    }

    private Link gates(GateRules rules) {
        if (rules.gates().stream().anyMatch(Approval.class::isInstance) && !facts.canBeApproved()) {
            return Link.broken("gates file", rules.source()
                    + " asks for an approval, and this stack has no key that approvals"
                    + " are signed with, so every release is rejected; deploy it with the parameter Approvals=true, or take"
                    + " 'approval' out of the file");
        }
        return Link.holds("gates file", rules.source() + (rules.gates().isEmpty()
                ? " asks for nothing"
                : " asks for " + rules.gates().stream().map(Gate::name).collect(Collectors.joining(", "))));
    }

    private Link taskRoles(String taskDefinition) {
        Grants grants = facts.taskRoles(taskDefinition);
        if (grants.on().isEmpty()) {
            return Link.holds("task roles", "the task definition names none");
        }
        return grants.refused().isEmpty()
                ? Link.holds("task roles", "those that the task definition names can be given to its next revision")
                : Link.broken("task roles", "the task definition names " + String.join(" and ", grants.refused())
                        + ", which " + grants.role()
                        + " may not pass on, so no revision can be registered; put it into "
                        + "TaskRoleArns of the stack");
    }

    private Link hooks(ServiceReference service) {
        Grants grants = facts.hooks(service);
        return grants.refused().isEmpty()
                ? Link.holds("hooks", "CodeDeploy may call all " + grants.on().size())
                : Link.broken("hooks", "the role of the deployment group " + service.key() + ", " + grants.role()
                        + ", may not call " + String.join(" and ", grants.refused())
                        + ", so every deployment would fail there; allow it lambda:InvokeFunction on them, or attach "
                        + "the managed policy AWSCodeDeployRoleForECS");
    }

    private Link rollback(ServiceReference service) {
        return facts.goesBack(service)
                ? Link.holds("rollback", "a deployment that fails goes back by itself")
                : Link.warns("rollback", "a deployment that fails stays where it is; enable automatic rollback in the "
                        + "deployment group " + service.key() + " for DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM and "
                        + "DEPLOYMENT_STOP_ON_REQUEST");
    }

    private Link alarms(ServiceReference service) {
        List<Alarm> watched = facts.alarms(service);
        List<String> missing = names(watched, State.MISSING);
        List<String> ringing = names(watched, State.ALARM);
        if (watched.isEmpty()) {
            return Link.warns("alarms", "no alarm stops a deployment; put those of the service into the alarm "
                    + "configuration of the deployment group " + service.key());
        }
        if (!missing.isEmpty()) {
            return Link.broken("alarms", "the deployment group watches " + String.join(", ", missing)
                    + ", and there is no such alarm; create it, or take it out of the group " + service.key());
        }
        return ringing.isEmpty()
                ? Link.holds("alarms", "watched are " + watched.stream().map(Alarm::name)
                        .collect(Collectors.joining(", ")))
                : Link.warns("alarms", String.join(", ", ringing)
                        + " is in ALARM, and a deployment would stop; see to the service first");
    }

    private static List<String> names(List<Alarm> alarms, State state) {
        return alarms.stream().filter(alarm -> alarm.state() == state).map(Alarm::name).toList();
    }

    private List<Link> judgement(ServiceReference service, Survey survey) {
        Survey.Found found = survey.found();
        return List.of(look("hooks", found.service(), named -> hooks(service)),
                look("test listener", found.service(), named -> look("test listener", found.testAddress(),
                        address -> testListener(address, named))),
                look("validation file", found.service(), this::file));
    }

    private Link testListener(URI address, String service) {
        Listener listener = new Listener("https".equals(address.getScheme()), address.getHost(), address.getPort());
        return switch (facts.ask(listener)) {
            case Answer.Response response -> Link.holds("test listener", listener + " answers, now with "
                    + response.status());
            case Answer.Nothing nothing when nothing.fault() == Fault.OTHER_NAME -> otherName(listener, service);
            case Answer.Nothing nothing when nothing.fault() == Fault.TLS -> Link.broken("test listener",
                    nothing.sentence() + " Correct the listener or its certificate.");
            case Answer.Nothing nothing -> Link.broken("test listener",
                    listener + " cannot be reached from where hooks "
                            + "look: " + nothing.sentence()
                            + "; admit them to its security group, or put them into the VPC with "
                            + "HookSubnetIds and HookSecurityGroupIds");
        };
    }

    /** A file gives its requests names of its own; the built-in default has no other. */
    private Link otherName(Listener listener, String service) {
        String host = facts.checkHost();
        String sentence = listener + " is reached; its certificate is not for " + (host.isEmpty()
                ? "the name of the load balancer, and the stack has no CheckHost"
                : host + ", the CheckHost of the stack");
        String wayOut = "; give CheckHost, a name that the certificate has";
        return facts.file(service) instanceof Sought.Default
                ? Link.broken("test listener", sentence + ", so every validation without a file fails" + wayOut)
                : Link.warns("test listener", sentence + ", so it is not known what it answers" + wayOut
                        + ", and requests of the validation file the header host");
    }

    private Link file(String service) {
        return switch (facts.file(service)) {
            case Sought.File file -> Link.holds("validation file", file.document().uri() + " can be read");
            case Sought.Default(String sentence) -> Link.warns("validation file", sentence
                    + "; docs/validation.md says what a file can ask for");
            case Sought.Refused(String sentence) -> Link.broken("validation file", sentence
                    + ", so every hook would fail; put the file there, or correct ValidationSource of the stack");
        };
    }

    private List<Link> news() {
        return List.of(look("subscribers", () -> {
            Topic topic = facts.topic();
            if (topic.subscribers() < 0) {
                return Link.broken("subscribers", "the topic " + topic.arn()
                        + " does not exist, so no release can announce its outcome; deploy the stack anew");
            }
            return topic.subscribers() == 0
                    ? Link.warns("subscribers", "nobody has confirmed a subscription to outcomes and alarms; aws sns "
                            + "subscribe --protocol email --notification-endpoint ADDRESS --topic-arn " + topic.arn()
                            + ", and follow the link in the mail")
                    : Link.holds("subscribers", topic.subscribers() + " confirmed");
        }));
    }

    private static Link surveyed(String name, Survey survey, Aspect aspect, String well, String wayOut) {
        String problems = survey.problems().stream().filter(problem -> problem.aspect() == aspect)
                .map(Survey.Problem::sentence).collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            return Link.broken(name, problems + ". " + wayOut);
        }
        String unanswered = survey.unanswered().get(aspect);
        if (unanswered != null) {
            return Link.unseen(name, unanswered);
        }
        return survey.seen().contains(aspect) ? Link.holds(name, well) : Link.unseen(name, BEHIND);
    }

    /** A link that hangs on something that was to be found before. */
    private static <T> Link look(String name, @Nullable T found, Function<T, Link> look) {
        return found == null ? Link.unseen(name, BEHIND) : look(name, () -> look.apply(found));
    }

    private static Link look(String name, Supplier<Link> look) {
        try {
            return look.get();
        } catch (UnseenException e) {
            return Link.unseen(name, String.valueOf(e.getMessage()));
        }
    }
}
