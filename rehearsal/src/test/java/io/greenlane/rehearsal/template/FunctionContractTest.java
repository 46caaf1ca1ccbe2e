package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The template gives each function what its code asks for, and no more. */
class FunctionContractTest {
    private static final String PACKAGE = "io.greenlane.lambda.";
    private static final CallsOfFunctions CALLS = new CallsOfFunctions();

    /** Actions that AWS checks for a call besides the one of its name (CodeDeploy guide, permissions reference; ECS API). */
    private static final Map<String, List<String>> CHECKED_TOO = Map.of("codedeploy:CreateDeployment",
            List.of("codedeploy:GetApplicationRevision", "codedeploy:GetDeploymentConfig",
                    "codedeploy:RegisterApplicationRevision"),
            "ecs:RegisterTaskDefinition", List.of("ecs:TagResource", "iam:PassRole"), "s3:GetObject",
            List.of("s3:ListBucket"));

    /** What a function may do only with parameters that exclude those of this test; its code can always. */
    private static final Map<String, Set<String>> WITH_A_FILE_IN_S3 = Map.of("Preflight",
            Set.of("s3:GetObject", "s3:ListBucket"));

    static Stream<Arguments> functions() {
        RecordingCloud cloud = new RecordingCloud();
        Map<String, String> parameters = new LinkedHashMap<>(ShippedTemplates.EXISTING_SERVICE);
        // Only then may the validation call AppConfig; its code can always.
        parameters.put("ValidationSource", "appconfig:shop/prod/validation");
        parameters.put("Approvals", "true");
        Stack stack = new StackDeployer(new Account("111122223333", "eu-west-1"), cloud.clients()).deploy("greenlane",
                ShippedTemplates.main(), parameters);
        Map<String, FunctionDefinition> byLogicalId = new LinkedHashMap<>();
        stack.resources().forEach((id, resource) -> {
            FunctionDefinition function = cloud.functions.get(resource.physicalId());
            if (resource.type().equals("AWS::Lambda::Function") && function != null) {
                byLogicalId.put(id, function);
            }
        });
        return byLogicalId.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue(),
                withThoseOfKeys(cloud.roles.role(entry.getValue().role()).orElseThrow(), cloud)));
    }

    /** The role with what the policy of the key grants to it. */
    private static Roles.Role withThoseOfKeys(Roles.Role role, RecordingCloud cloud) {
        Map<String, Map<String, Object>> inline = new LinkedHashMap<>(role.inline());
        Values.list(cloud.roles.resourcePolicy(RecordingCloud.KEY).orElseThrow().getOrDefault("Statement", List.of()),
                "Statement").stream()
                .filter(statement -> Map.of("AWS", role.arn()).equals(
                        Template.map(statement, "Statement").get("Principal")))
                .forEach(statement -> inline.put("key", Map.of("Statement", List.of(statement))));
        return new Roles.Role(role.arn(), role.name(), role.trust(), inline, role.managedPolicyArns(),
                role.boundary());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void the_handler_is_the_class_of_the_logical_id(String id, FunctionDefinition function, Roles.Role role)
            throws ClassNotFoundException {
        assertThat(function.handler()).isEqualTo(PACKAGE + id + "::handleRequest");
        assertThat(Class.forName(PACKAGE + id).getMethods()).anySatisfy(method -> {
            assertThat(method.getName()).isEqualTo("handleRequest");
            assertThat(method.getParameterTypes()).hasSize(2).endsWith(Context.class);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void the_environment_holds_exactly_what_the_settings_read(String id, FunctionDefinition function, Roles.Role role) {
        Set<String> read = new TreeSet<>();
        CALLS.reachedClasses(PACKAGE + id, "Settings").stream().filter(name -> name.startsWith(PACKAGE))
                .forEach(settings -> read(settings, function.environment(), read));

        assertThat(function.environment().keySet()).isEqualTo(read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void the_role_grants_exactly_the_calls_of_the_code(String id, FunctionDefinition function, Roles.Role role) {
        Set<String> needed = new TreeSet<>(CALLS.of(PACKAGE + id));
        Set.copyOf(needed).forEach(action -> needed.addAll(CHECKED_TOO.getOrDefault(action, List.of())));
        needed.removeAll(WITH_A_FILE_IN_S3.getOrDefault(id, Set.of()));

        assertThat(granted(role)).isEqualTo(needed);
    }

    private static void read(String settings, Map<String, String> environment, Set<String> read) {
        Map<String, String> recording = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                return environment.entrySet();
            }

            @Override
            public @Nullable String get(@Nullable Object name) {
                read.add(String.valueOf(name));
                return environment.get(String.valueOf(name));
            }
        };
        try {
            Method from = Arrays.stream(Class.forName(settings).getDeclaredMethods())
                    .filter(method -> method.getName().equals("from")).findFirst().orElseThrow();
            from.setAccessible(true);
            from.invoke(null, recording);
        } catch (InvocationTargetException refused) {
            throw new AssertionError(settings + " refuses what the template sets: " + refused.getCause(), refused);
        } catch (ReflectiveOperationException unexpected) {
            throw new LinkageError(settings + " has no method from(Map)", unexpected);
        }
    }

    private static Set<String> granted(Roles.Role role) {
        Set<String> actions = new TreeSet<>();
        role.inline().values().forEach(document -> {
            for (Object statement : Values.list(document.getOrDefault("Statement", List.of()), "Statement")) {
                Object action = Template.map(statement, "Statement").getOrDefault("Action", List.of());
                (action instanceof List<?> list ? list : List.of(action))
                        .forEach(each -> actions.add(String.valueOf(each)));
            }
        });
        return actions;
    }
}
