package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.iam.AccessRequest;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.DecidedCall;
import io.greenlane.rehearsal.iam.Decision;
import io.greenlane.rehearsal.iam.OnePlace;
import io.greenlane.rehearsal.iam.Permissions;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.iam.Roles.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

class CallFileTest {
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");
    private static final String ROLE = "arn:aws:iam::111122223333:role/Register";
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:111122223333:missed";
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Principal REGISTER = new Principal.Session(ROLE, "Register", new Principal.Assumption(
            "lambda.amazonaws.com", "arn:aws:lambda:eu-west-1:111122223333:function:Register"));
    private static final Principal EVENTS = new Principal.Service("events.amazonaws.com");

    private final Roles roles = new Roles();
    private final Audit audit = new Audit();
    private final Permissions permissions = new Permissions(ACCOUNT, roles, new OnePlace(), caller -> Optional.empty(),
            audit, new Journal(new VirtualTimeline(NOW)));
    @TempDir
    private Path folder;

    @Test
    void a_line_says_who_asked_for_what_and_why_it_was_decided_so_and_nothing_else_of_the_request() throws IOException {
        trust("lambda.amazonaws.com");
        roles.addResourcePolicy(QUEUE, Map.of("Statement", List.of(Map.of("Effect", "Allow", "Action",
                "sqs:SendMessage", "Principal", Map.of("Service", "events.amazonaws.com")))));
        Path file = folder.resolve("calls.jsonl");

        try (CallFile calls = CallFile.open(file)) {
            audit.follow(call -> calls.write(NOW, call));
            ask(REGISTER, AwsService.ECS, RegisterTaskDefinitionRequest.builder().family("web")
                    .executionRoleArn("arn:aws:iam::111122223333:role/Execution").containerDefinitions(
                            ContainerDefinition.builder()
                                    .environment(KeyValuePair.builder().name("PASSWORD").value("4711").build()).build())
                    .build());
            ask(REGISTER, AwsService.SSM, PutParameterRequest.builder().name("/shop/key").value("4711").build());
            ask(EVENTS, AwsService.SQS, SendMessageRequest.builder()
                    .queueUrl("https://sqs.eu-west-1.amazonaws.com/111122223333/missed").messageBody("4711").build());
        }

        assertThat(file).usingCharset(UTF_8).hasContent(
                """
                        {"time":"2026-03-04T05:06:07Z","caller":"Register","role":"Register","service":"ecs",\
                        "operation":"RegisterTaskDefinition","allowed":false,"permissions":[\
                        {"action":"ecs:RegisterTaskDefinition",\
                        "resource":"arn:aws:ecs:eu-west-1:111122223333:task-definition/web:*","allowed":true,\
                        "by":"policy Tasks, statement 1"},\
                        {"action":"iam:PassRole","resource":"arn:aws:iam::111122223333:role/Execution","allowed":false,\
                        "because":"User: arn:aws:sts::111122223333:assumed-role/Register/Register is not authorized to perform: \
                        iam:PassRole on resource: arn:aws:iam::111122223333:role/Execution because no identity-based policy \
                        allows the iam:PassRole action"}]}
                        {"time":"2026-03-04T05:06:07Z","caller":"Register","role":"Register","service":"ssm",\
                        "operation":"PutParameter","allowed":false,"permissions":[\
                        {"action":"ssm:PutParameter","resource":"arn:aws:ssm:eu-west-1:111122223333:parameter/shop/key",\
                        "allowed":false,"by":"policy Tasks, statement 2",\
                        "because":"User: arn:aws:sts::111122223333:assumed-role/Register/Register is not authorized to perform: \
                        ssm:PutParameter on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/shop/key with an explicit \
                        deny in an identity-based policy"}]}
                        {"time":"2026-03-04T05:06:07Z","caller":"events.amazonaws.com","role":null,"service":"sqs",\
                        "operation":"SendMessage","allowed":true,"permissions":[{"action":"sqs:SendMessage",\
                        "resource":"arn:aws:sqs:eu-west-1:111122223333:missed","allowed":true,\
                        "by":"policy of arn:aws:sqs:eu-west-1:111122223333:missed, statement 1"}]}
                        """);
    }

    @Test
    void a_role_that_may_not_be_assumed_is_why_its_call_is_refused() {
        trust("states.amazonaws.com");
        audit.follow(call -> assertThat(CallFile.line(NOW, call).path("permissions")).singleElement()
                .hasToString("{\"action\":\"sts:AssumeRole\",\"resource\":\"" + ROLE + "\",\"allowed\":false,"
                        + "\"because\":\"lambda.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: "
                        + ROLE + " because no resource-based policy allows the sts:AssumeRole action\"}"));

        ask(REGISTER, AwsService.SSM, PutParameterRequest.builder().name("/shop/key").build());

        assertThat(audit.denied()).hasSize(1);
    }

    @Test
    void a_permission_that_a_call_needs_for_many_things_is_named_once() {
        Decision decision = new Decision.NotAllowed(
                AccessRequest.of(EVENTS, "codedeploy:BatchGetDeployments", "*", Map.of()), Decision.Kind.RESOURCE);

        assertThat(CallFile.line(NOW, new DecidedCall(EVENTS, AwsService.CODEDEPLOY, "BatchGetDeployments",
                List.of(decision, decision))).path("permissions")).hasSize(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void lines_that_are_lost_are_said() {
        assertThatThrownBy(() -> {
            try (CallFile calls = CallFile.open(Path.of("/dev/full"))) {
                calls.write(NOW, new DecidedCall(EVENTS, AwsService.SQS, "SendMessage", List.of()));
            }
        }).isInstanceOf(IOException.class).hasMessageStartingWith("/dev/full lacks some calls");
    }

    @Test
    void a_place_that_cannot_be_written_is_said_before_anything_is_started() {
        String file = folder.resolve("none").resolve("calls.jsonl").toString();

        assertThat(said("--calls", file)).isEqualTo(said("serve", "--calls", file))
                .isEqualToIgnoringNewLines("Cannot write "
                        + file + ": there is no writable folder " + folder.resolve("none")
                        + "; choose another file with --calls");
    }

    private void trust(String service) {
        roles.add(new Role(ROLE, "Register", Map.of("Statement", List.of(Map.of("Effect", "Allow", "Action",
                "sts:AssumeRole", "Principal", Map.of("Service", service)))),
                Map.of("Tasks", Map.of("Statement", List.of(
                        Map.of("Effect", "Allow", "Action", "ecs:RegisterTaskDefinition", "Resource", "*"),
                        Map.of("Effect", "Deny", "Action", "ssm:*", "Resource", "*")))),
                List.of(), null));
    }

    private void ask(Principal who, AwsService service, SdkRequest request) {
        permissions.refusal(who, Map.of(), service, request);
    }

    private static String said(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(Rehearse.commandLine(CommandLine.Help.Ansi.OFF).setErr(new PrintWriter(said, true, UTF_8))
                .execute(arguments)).isEqualTo(Rehearse.COULD_NOT_RUN);
        return said.toString(UTF_8);
    }
}
