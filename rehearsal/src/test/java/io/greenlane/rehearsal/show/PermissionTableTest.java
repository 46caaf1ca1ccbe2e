package io.greenlane.rehearsal.show;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.OnePlace;
import io.greenlane.rehearsal.iam.Permissions;
import io.greenlane.rehearsal.iam.Principal;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.iam.Roles.Role;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;

class PermissionTableTest {
    private static final Account ACCOUNT = new Account("111122223333", "eu-west-1");
    private static final Principal PLAN = new Principal.Session("arn:aws:iam::111122223333:role/Plan", "Plan",
            new Principal.Assumption("lambda.amazonaws.com", "arn:aws:lambda:eu-west-1:111122223333:function:Plan"));

    private final Audit audit = new Audit();

    @Test
    void every_use_of_a_permission_is_counted_and_a_denied_call_is_told_in_full() {
        ask(List.of("web", "web"));
        ask(List.of("api"));

        PermissionTable table = new PermissionTable(Terminal.of(new PrintStream(new ByteArrayOutputStream(), true,
                UTF_8), null, Map.of()));

        assertThat(table.of(audit)).isEqualTo("""

                  Plan
                        1  DENIED   ecs:DescribeServices        service/shop/api
                        2  allowed  ecs:DescribeServices        service/shop/web
                        2  allowed  ecs:DescribeTaskDefinition  *
                        5  allowed  sts:AssumeRole              for lambda.amazonaws.com

                  ✖ 9 uses of 3 permissions by 2 roles and services, 1 denied.
                    User: arn:aws:sts::111122223333:assumed-role/Plan/Plan is not authorized to perform: \
                ecs:DescribeServices on resource: arn:aws:ecs:eu-west-1:111122223333:service/shop/api because no \
                identity-based policy allows the ecs:DescribeServices action
                """);
        assertThat(table.sum(audit.copy())).isEqualTo(table.of(audit).substring(table.of(audit).indexOf("  ✖")));
    }

    private void ask(List<String> services) {
        Roles roles = new Roles();
        roles.add(new Role("arn:aws:iam::111122223333:role/Plan", "Plan", Map.of("Statement",
                List.of(Map.of("Effect", "Allow", "Action", "sts:AssumeRole", "Principal",
                        Map.of("Service", "lambda.amazonaws.com")))),
                Map.of("Plan", Map.of("Statement", List.of(
                        Map.of("Effect", "Allow", "Action", "ecs:DescribeServices", "Resource",
                                "arn:aws:ecs:eu-west-1:111122223333:service/shop/web"),
                        Map.of("Effect", "Allow", "Action", "ecs:DescribeTaskDefinition", "Resource", "*")))),
                List.of(), null));
        Permissions permissions = new Permissions(ACCOUNT, roles, new OnePlace(), caller -> Optional.empty(), audit,
                new Journal(new VirtualTimeline(Instant.EPOCH)));
        services.forEach(service -> permissions.refusal(PLAN, Map.of(), AwsService.ECS,
                DescribeServicesRequest.builder().cluster("shop").services(service).build()));
        permissions.refusal(PLAN, Map.of(), AwsService.ECS,
                DescribeTaskDefinitionRequest.builder().taskDefinition("web").build());
    }
}
