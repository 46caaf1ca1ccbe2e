package io.greenlane.rehearsal.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;

/** The links and command lines that a stack puts out. Commands are run by a shell, with tools that write down what they are asked. */
class OutputsTest {
    private static final String REGISTRY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com";
    private static final String TOOL = """
            #!/bin/sh
            line=${0##*/}
            for each in "$@"; do line="$line|$each"; done
            printf '%s\\n' "$line" >>"$ASKED"
            case "$*" in
                *list-deployments*) echo d-111 ;;
                *describe-stacks*) exit 1 ;;
            esac
            """;

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> outputs(Map<String, String> parameters) {
        return new StackDeployer(new Account("111122223333", "eu-west-1"), new RecordingCloud().clients())
                .deploy("shop-lane", ShippedTemplates.main(), parameters).outputs();
    }

    private static Map<String, String> existing() {
        return outputs(ShippedTemplates.EXISTING_SERVICE);
    }

    private record Ended(int code, List<String> asked, String said) {}

    /** Runs an output in the root of the repository, as a person does who copies it. */
    private Ended run(String command) throws IOException, InterruptedException {
        Path asked = folder.resolve("asked");
        Files.deleteIfExists(asked);
        Files.createFile(asked);
        for (String tool : List.of("aws", "docker", "jq")) {
            assertThat(Files.writeString(folder.resolve(tool), TOOL).toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", command).directory(ShippedTemplates.root().toFile())
                .redirectErrorStream(true);
        shell.environment().put("PATH", folder + ":" + shell.environment().get("PATH"));
        shell.environment().put("ASKED", asked.toString());
        shell.environment().keySet()
                .removeAll(Set.of("OPERATE_FUNCTION", "APPROVE_FUNCTION", "GREENLANE_STACK", "TAG"));
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), Files.readAllLines(asked).stream().sorted().toList(), said);
    }

    static Stream<String> commandsOfOperate() {
        return existing().values().stream().filter(value -> value.startsWith("./operate "));
    }

    @ParameterizedTest
    @MethodSource("commandsOfOperate")
    void operate_understands_its_lines_and_asks_for_this_stack(String command)
            throws IOException, InterruptedException {
        Ended ended = run(command);

        // It has understood all of the line when it looks for the stack, which the tool of this test does not find.
        assertThat(ended.said()).contains("The stack 'shop-lane' could not be read");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.asked()).singleElement().asString()
                .startsWith("aws|cloudformation|describe-stacks|--stack-name|shop-lane|");
    }

    @Test
    void a_push_logs_in_to_the_registry_and_pushes_to_the_repository() throws IOException, InterruptedException {
        Ended ended = run("TAG=v2; " + output(existing(), "PushCommand"));

        assertThat(ended.code()).isZero();
        assertThat(ended.asked()).containsExactly("aws|ecr|get-login-password|--region|eu-west-1",
                "docker|login|--username|AWS|--password-stdin|" + REGISTRY, "docker|push|" + REGISTRY + "/shop/web:v2");
    }

    @Test
    void a_push_of_no_tag_is_none() throws IOException, InterruptedException {
        Ended ended = run(output(existing(), "PushCommand"));

        assertThat(ended.code()).isNotZero();
        assertThat(ended.said()).contains("TAG: parameter null or not set");
        assertThat(ended.asked()).noneMatch(asked -> asked.startsWith("docker|push"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve r-1 --token t", "refuse r-1"})
    void who_approves_without_approvals_is_told_of_the_parameter(String operation)
            throws IOException, InterruptedException {
        Ended ended = run("aws() { echo None; }; export -f aws; ./operate " + operation + " --by Ada --reason Good");

        assertThat(ended.said())
                .isEqualTo("The stack 'greenlane' takes no approvals; deploy it with Approvals=true.\n");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_stop_finds_the_deployment_that_is_under_way() throws IOException, InterruptedException {
        Ended ended = run(output(existing(), "StopCommand"));

        assertThat(ended.code()).isZero();
        assertThat(ended.asked()).containsExactly(
                "aws|deploy|list-deployments|--application-name|AppECS-shop|--deployment-group-name|DgpECS-shop"
                        + "|--include-only-statuses|Created|Queued|InProgress|Ready|--query|deployments[0]"
                        + "|--output|text|--region|eu-west-1",
                "aws|deploy|stop-deployment|--auto-rollback-enabled|--region|eu-west-1|--deployment-id|d-111");
        assertThat(members(ListDeploymentsRequest.builder().sdkFields())).contains("application-name",
                "deployment-group-name", "include-only-statuses");
        assertThat(members(StopDeploymentRequest.builder().sdkFields())).contains("auto-rollback-enabled",
                "deployment-id");
        assertThat(Stream.of("Created", "Queued", "InProgress", "Ready").map(DeploymentStatus::fromValue))
                .doesNotContain(DeploymentStatus.UNKNOWN_TO_SDK_VERSION);
    }

    @Test
    void a_watch_follows_the_log_group_of_the_functions() throws IOException, InterruptedException {
        assertThat(run(output(existing(), "WatchCommand")).asked()).containsExactly(
                "aws|logs|tail|/greenlane/shop-lane/functions|--follow|--format|short|--region|eu-west-1");
    }

    @Test
    void every_command_is_run_by_a_test() {
        Set<String> commands = existing().keySet().stream().filter(name -> name.endsWith("Command"))
                .collect(Collectors.toCollection(TreeSet::new));
        commands.removeIf(name -> output(existing(), name).startsWith("./operate "));

        assertThat(commands).containsExactly("PushCommand", "StopCommand", "WatchCommand");
    }

    @Test
    void links_lead_to_the_console_of_the_region_and_name_what_they_show() {
        Map<String, String> links = new TreeMap<>(existing());
        links.keySet().removeIf(name -> !name.endsWith("Url") || name.equals("UndeliveredEventsUrl"));

        assertThat(links).containsOnlyKeys("AlarmsUrl", "DeploymentGroupUrl", "LogsUrl", "ReleasesUrl", "ReportsUrl")
                .allSatisfy((name, link) -> {
                    assertThat(URI.create(link).getHost()).isEqualTo("eu-west-1.console.aws.amazon.com");
                    assertThat(link).contains("region=eu-west-1");
                });
        assertThat(links.get("DeploymentGroupUrl"))
                .contains("/applications/AppECS-shop/deployment-groups/DgpECS-shop?");
        assertThat(links.get("LogsUrl")).endsWith("$252Fgreenlane$252Fshop-lane$252Ffunctions");
        assertThat(links.get("ReportsUrl")).contains("/buckets/shop-lane-reports?");
        assertThat(outputs(ShippedTemplates.SAMPLE_WEBSITE).get("DeploymentGroupUrl"))
                .contains("/applications/shop-lane-Sample-Application/");
    }

    @Test
    void with_several_services_nothing_names_one() {
        Map<String, String> parameters = new HashMap<>(ShippedTemplates.EXISTING_SERVICE);
        parameters.put("Services",
                "[{\"repository\":\"shop/web\",\"application\":\"shop\",\"deploymentGroup\":\"web\"}]");

        assertThat(outputs(parameters)).doesNotContainKeys("StopCommand", "DeploymentGroupUrl")
                .containsKeys("PushCommand", "RollBackCommand");
    }

    private static String output(Map<String, String> outputs, String name) {
        String value = outputs.get(name);
        if (value == null) {
            throw new IllegalStateException("No output " + name);
        }
        return value;
    }

    /** The members of a request as the AWS CLI names its options. */
    private static Set<String> members(List<SdkField<?>> fields) {
        return fields.stream().map(field -> field.memberName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
