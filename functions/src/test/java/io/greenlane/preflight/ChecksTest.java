package io.greenlane.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.gate.Approval;
import io.greenlane.gate.GateFiles;
import io.greenlane.gate.GateRules;
import io.greenlane.gate.Platform;
import io.greenlane.image.RepositoryName;
import io.greenlane.probe.Answer;
import io.greenlane.probe.Answer.Fault;
import io.greenlane.probe.Listener;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.Survey;
import io.greenlane.service.Survey.Aspect;
import io.greenlane.service.Survey.Found;
import io.greenlane.service.Survey.Problem;
import io.greenlane.service.TaskSet;
import io.greenlane.validation.Alarms.Alarm;
import io.greenlane.validation.Alarms.State;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.DocumentSearch.Sought;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final ServiceReference WEB = new ServiceReference(new RepositoryName("shop/web"), "shop", "web",
            "shop", "web");
    private static final ServiceTopology TOPOLOGY = new ServiceTopology(WEB, 1,
            new TaskSet("ecs-svc/1", "web:1", "arn/blue", "1.4.0", null, List.of()),
            List.of(new ServiceTopology.TargetGroup("blue", "arn/blue"),
                    new ServiceTopology.TargetGroup("green", "arn/green")),
            "listener/production", "listener/test", URI.create("https://shop.example:8443"), "web", 80, null);

    private static final Found FOUND = new Found("web", "web:1", TOPOLOGY.testAddress());

    private final World world = new World();

    @Test
    void a_whole_chain_is_a_tree_of_ticks() {
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isTrue();
        assertThat(chain.lines()).containsExactly("shop/web is ready for releases",
                "├─ a push starts a release",
                "│  ├─ ✔ repository: shop/web is there",
                "│  ├─ ✔ tags: a tag stays with its image",
                "│  ├─ ✔ scans: pushes are scanned",
                "│  ├─ ✔ event rule: pushes is enabled and leads to the workflow",
                "│  └─ ✔ workflow: it is active",
                "├─ a release can deploy",
                "│  ├─ ✔ deployment group: shop/web deploys blue/green to ECS, with two target groups and both listeners",
                "│  ├─ ✔ ECS service: it runs, and CodeDeploy deploys it",
                "│  ├─ ✔ listeners: production goes to one of the target groups, and the test listener is there",
                "│  ├─ ✔ image: production runs an image of shop/web",
                "│  ├─ ✔ gates file: there is none, so no gate holds a release",
                "│  ├─ ✔ task roles: those that the task definition names can be given to its next revision",
                "│  ├─ ✔ rollback: a deployment that fails goes back by itself",
                "│  └─ ✔ alarms: watched are latency",
                "├─ hooks can judge",
                "│  ├─ ✔ hooks: CodeDeploy may call all 3",
                "│  ├─ ✔ test listener: https://shop.example:8443 answers, now with 503",
                "│  └─ ✔ validation file: ssm:/greenlane/web/validation can be read",
                "└─ somebody hears of it",
                "   └─ ✔ subscribers: 2 confirmed");
    }

    @Test
    void what_stands_behind_something_broken_is_not_called_broken() {
        world.survey = new Survey(
                List.of(new Problem(Aspect.GROUP, "CodeDeploy application 'shop' does not exist")), Map.of(),
                EnumSet.of(Aspect.REPOSITORY, Aspect.GROUP), new Found(null, null, null), null);
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isFalse();
        assertThat(chain.lines()).contains("shop/web is not ready for releases",
                "│  ├─ ✘ deployment group: CodeDeploy application 'shop' does not exist. Correct the group, or "
                        + "CodeDeployApplicationName and DeploymentGroupName or Services of the stack.",
                "│  ├─ ? ECS service: not looked at, since something before it does not hold",
                "│  └─ ? validation file: not looked at, since something before it does not hold");
    }

    @Test
    void a_fact_that_cannot_be_had_makes_nothing_ready_and_hides_nothing_else() {
        world.denied = true;
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isFalse();
        assertThat(chain.lines()).contains("   └─ ? subscribers: not looked at: AccessDenied",
                "│  └─ ✔ alarms: watched are latency");
    }

    @Test
    void what_aws_does_not_tell_of_a_service_hides_only_what_hangs_on_it() {
        world.survey = new Survey(List.of(new Problem(Aspect.IMAGE, "No container runs an image of shop/web")),
                Map.of(Aspect.TRAFFIC, "not looked at: AccessDenied; the role of the function needs elb:Look"),
                Set.of(Aspect.values()), new Found("web", "web:1", null), null);
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isFalse();
        assertThat(chain.lines()).contains(
                "│  ├─ ? listeners: not looked at: AccessDenied; the role of the function needs elb:Look",
                "│  ├─ ? test listener: not looked at, since something before it does not hold",
                "│  ├─ ✘ image: No container runs an image of shop/web. Deploy once by hand with an image of it, or correct "
                        + "RepositoryName or Services of the stack.")
                .filteredOn(line -> line.contains("✘") || line.contains("?")).hasSize(3);
    }

    @Test
    void services_that_cannot_be_told_from_the_settings_are_the_whole_chain() {
        assertThat(Checks.unusable(List.of("SERVICES[0].application is missing")).lines()).containsExactly(
                "the stack is not ready for releases", "└─ a push starts a release",
                "   └─ ✘ services: SERVICES[0].application is missing. Every release fails until Services of the stack is "
                        + "corrected.");
    }

    @Test
    void a_warning_is_told_and_keeps_nobody_from_releasing() {
        world.alarms = List.of(new Alarm("latency", State.ALARM, "Slow."), new Alarm("orders", State.OK, ""));
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isTrue();
        assertThat(chain.lines())
                .contains("│  └─ ! alarms: latency is in ALARM, and a deployment would stop; see to the service first");
    }

    @Test
    void a_hook_that_code_deploy_may_not_call_is_named() {
        world.refusedHooks = List.of("arn/b", "arn/c");
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isFalse();
        assertThat(chain.lines())
                .contains("│  ├─ ✘ hooks: the role of the deployment group shop/web, arn/deployer, may not "
                        + "call arn/b and arn/c, so every deployment would fail there; allow it lambda:InvokeFunction on them, or "
                        + "attach the managed policy AWSCodeDeployRoleForECS");
    }

    @Test
    void a_role_of_the_task_that_cannot_be_passed_on_is_named() {
        world.refusedRoles = List.of("arn/task");
        Chain chain = new Checks(world).of(WEB);

        assertThat(chain.ready()).isFalse();
        assertThat(chain.lines())
                .contains("│  ├─ ✘ task roles: the task definition names arn/task, which arn/registrar may "
                        + "not pass on, so no revision can be registered; put it into TaskRoleArns of the stack");
    }

    @Test
    void a_task_definition_without_roles_needs_none() {
        world.taskRoles = List.of();

        assertThat(new Checks(world).of(WEB).lines())
                .contains("│  ├─ ✔ task roles: the task definition names none");
    }

    private Link link(String name) {
        return new Checks(world).of(WEB).parts().stream().flatMap(part -> part.links().stream())
                .filter(link -> link.name().equals(name)).findFirst().orElseThrow();
    }

    private Link gates(GateFiles.Sought found) {
        world.gates = found;
        return link("gates file");
    }

    @Test
    void a_certificate_for_another_name_is_broken_where_the_built_in_default_applies_and_else_a_warning() {
        String reached = "https://shop.example:8443 is reached; its certificate is not for ";
        world.answer = new Answer.Nothing(Fault.OTHER_NAME, "TLS failed.", Duration.ofMillis(3));
        assertThat(link("test listener")).isEqualTo(Link.warns("test listener", reached
                + "the name of the load balancer, and the stack has no CheckHost, so it is not known what it answers; give"
                + " CheckHost, a name that the certificate has, and requests of the validation file the header host"));
        world.file = new Sought.Default("There is no file");
        assertThat(link("test listener")).isEqualTo(Link.broken("test listener", reached
                + "the name of the load balancer, and the stack has no CheckHost, so every validation without a file"
                + " fails; give CheckHost, a name that the certificate has"));
        world.checkHost = "old.example.com";
        assertThat(link("test listener")).isEqualTo(Link.broken("test listener", reached
                + "old.example.com, the CheckHost of the stack, so every validation without a file fails; give CheckHost,"
                + " a name that the certificate has"));
    }

    @Test
    void a_listener_that_cannot_be_talked_to_or_not_be_reached_is_broken() {
        world.answer = new Answer.Nothing(Fault.TLS, "TLS failed: the certificate has expired.", Duration.ofMillis(3));
        assertThat(link("test listener")).isEqualTo(Link.broken("test listener",
                "TLS failed: the certificate has expired. Correct the listener or its certificate."));
        world.answer = new Answer.Nothing(Fault.NO_CONNECTION, "no connection", Duration.ofMillis(3));
        assertThat(link("test listener")).isEqualTo(Link.broken("test listener",
                "https://shop.example:8443 cannot be reached from where hooks look: no connection; admit them to its"
                        + " security group, or put them into the VPC with HookSubnetIds and HookSecurityGroupIds"));
    }

    @Test
    void a_file_of_gates_is_told_by_what_it_asks_for_and_broken_where_it_rejects_every_release() {
        GateRules rules = new GateRules("ssm:/greenlane/web/gates", "1", "0a", List.of(new Platform(),
                new Approval(Duration.ofHours(1))));
        assertThat(gates(new GateFiles.Sought.File(rules))).isEqualTo(Link.holds("gates file",
                "ssm:/greenlane/web/gates asks for platform, approval"));
        world.key = false;
        assertThat(gates(new GateFiles.Sought.File(rules))).isEqualTo(Link.broken("gates file",
                "ssm:/greenlane/web/gates asks for an approval, and this stack has no key that approvals are signed with,"
                        + " so every release is rejected; deploy it with the parameter Approvals=true, or take 'approval'"
                        + " out of the file"));
        assertThat(gates(new GateFiles.Sought.File(new GateRules("ssm:/greenlane/web/gates", "1", "0a", List.of()))))
                .isEqualTo(Link.holds("gates file", "ssm:/greenlane/web/gates asks for nothing"));
        assertThat(gates(new GateFiles.Sought.Unusable("gates.yaml cannot be used: line 1"))).isEqualTo(
                Link.broken("gates file", "gates.yaml cannot be used: line 1, so every release is rejected; put a file"
                        + " there that ./rehearse gates FILE can read, or correct GatesSource of the stack"));
        assertThat(gates(new GateFiles.Sought.Unreadable("Parameter Store is throttled"))).isEqualTo(
                Link.unseen("gates file",
                        "Parameter Store is throttled; a release would wait for it for half an hour"));
        world.survey = new Survey(List.of(), Map.of(Aspect.GROUP, "not looked at"), Set.of(Aspect.GROUP),
                new Found(null, null, null), null);
        assertThat(gates(new GateFiles.Sought.None()).state()).isEqualTo(Link.State.UNSEEN);
    }

    @Test
    void the_chain_is_told_to_machines_as_to_people() {
        assertThat(new Checks(world).of(WEB).members()).containsEntry("service", "shop/web")
                .containsEntry("ready", true).extractingByKey("parts").asString()
                .contains("state=HOLDS", "name=event rule", "sentence=it is active");
    }

    /** All is well, but for what a test changes. */
    private static final class World implements Facts {
        private Survey survey = new Survey(List.of(), Map.of(), Set.of(Aspect.values()), FOUND, TOPOLOGY);
        private List<Alarm> alarms = List.of(new Alarm("latency", State.OK, ""));
        private List<String> refusedHooks = List.of();
        private List<String> taskRoles = List.of("arn/execution", "arn/task");
        private List<String> refusedRoles = List.of();
        private GateFiles.Sought gates = new GateFiles.Sought.None();
        private String checkHost = "";
        private Answer answer = new Answer.Response(503, Map.of(), "", false, Duration.ofMillis(3));
        private Sought file = new Sought.File(
                new Document("ssm:/greenlane/web/validation", "1", "checks: []"));
        private boolean key = true;
        private boolean denied;

        @Override
        public Care care(RepositoryName repository) {
            return new Care(false, true);
        }

        @Override
        public Rule rule() {
            return new Rule("pushes", "ENABLED", true);
        }

        @Override
        public String workflow() {
            return "ACTIVE";
        }

        @Override
        public Survey survey(ServiceReference service) {
            return survey;
        }

        @Override
        public boolean goesBack(ServiceReference service) {
            return true;
        }

        @Override
        public List<Alarm> alarms(ServiceReference service) {
            return alarms;
        }

        @Override
        public Grants hooks(ServiceReference service) {
            return new Grants("arn/deployer", List.of("arn/a", "arn/b", "arn/c"), refusedHooks);
        }

        @Override
        public Grants taskRoles(String taskDefinitionArn) {
            return new Grants("arn/registrar", taskRoles, refusedRoles);
        }

        @Override
        public String checkHost() {
            return checkHost;
        }

        @Override
        public Answer ask(Listener listener) {
            return answer;
        }

        @Override
        public Sought file(String service) {
            return file;
        }

        @Override
        public GateFiles.Sought gates(String service) {
            return gates;
        }

        @Override
        public boolean canBeApproved() {
            return key;
        }

        @Override
        public Topic topic() {
            if (denied) {
                throw new UnseenException("not looked at: AccessDenied");
            }
            return new Topic("arn:aws:sns:eu-west-1:111122223333:outcomes", 2);
        }
    }
}
