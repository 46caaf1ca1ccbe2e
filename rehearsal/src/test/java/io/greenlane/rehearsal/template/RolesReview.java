package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.greenlane.rehearsal.template.Reviewed.Resource;
import io.greenlane.rehearsal.template.Reviewed.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who may do what. */
final class RolesReview {
    /** Actions that AWS grants only on everything, for they know no resource (service authorization data). */
    static final Set<String> WITHOUT_RESOURCE = Set.of("codedeploy:BatchGetDeploymentTargets",
            "codedeploy:ContinueDeployment", "codedeploy:GetDeploymentTarget", "codedeploy:ListDeploymentTargets",
            "codedeploy:StopDeployment", "ecr:GetAuthorizationToken", "ecs:DescribeTaskDefinition",
            "ecs:ListTaskDefinitions", "elasticloadbalancing:DescribeListeners",
            "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules",
            "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
            "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
            "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
            "logs:PutResourcePolicy", "logs:UpdateLogDelivery", "states:SendTaskSuccess", "xray:GetSamplingRules",
            "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments");

    /** Actions with one type of resource, by that type, of which there is none where tasks run on Fargate. */
    static final Map<String, String> WITHOUT_SUCH_RESOURCE = Map.of("ecs:ListTasks", "container-instance");

    /** What the ARN of an action's resource is of, where the names of service, group and family are given. */
    private static final Map<String, String> SCOPES = Map.of(
            "codedeploy:(CreateDeployment|.*GetDeployments?|ListDeployments|GetDeploymentGroup)",
            ":deploymentgroup:[^:*/]+/[^:*/]+",
            "codedeploy:(Get|Register)ApplicationRevision", ":application:[^:*/]+",
            "codedeploy:PutLifecycleEventHookExecutionStatus", ":deploymentgroup:[^:*/]+/[^:*/]+",
            "ecs:(RegisterTaskDefinition|TagResource)", ":task-definition/[^:*/]+:\\*",
            "ecs:(DescribeServices|UpdateServicePrimaryTaskSet)", ":service/[^:*/]+/[^:*/]+",
            "ecs:(Create|Delete)TaskSet", ":task-set/[^:*/]+/[^:*/]+/\\*",
            "dynamodb:.*", ":table/[^:*/]+(/index/[^:*/]+)?",
            "sns:.*", ":[^:*/]+",
            "ecr:(?!GetAuthorizationToken).*", ":repository/[^:*]+");

    /**
     * What a call needs of the key that its data are under (DynamoDB guide, encryption at rest; SNS guide, key management; S3
     * guide, SSE-KMS).
     */
    private static final Map<String, Set<String>> KEY_USES = Map.of(
            "dynamodb:.*", Set.of("kms:Decrypt through dynamodb"),
            "sns:Publish", Set.of("kms:Decrypt through sns", "kms:GenerateDataKey through sns"),
            "s3:GetObject", Set.of("kms:Decrypt through s3"),
            "s3:PutObject", Set.of("kms:GenerateDataKey through s3"));

    /** A star where the name of a resource would begin. In S3 the resource is the bucket, without a type before it. */
    private static final Pattern EVERY_ONE = Pattern
            .compile("arn:[^:]*:(s3:::|(?!s3:)[^:]*:[^:]*:[^:]*:([A-Za-z-]+[:/])?)\\*.*");

    /** A star that stands for a part of a name: that of whoever comes to have such a name. */
    private static final Pattern PART_OF_A_NAME = Pattern.compile(".*([^:/]\\*|\\*[^:/]).*");

    /** Who alone may have the key of approvals do what; a grant would let others do it. */
    private static final Map<String, String> KEY_USERS = Map.of("kms:GenerateMac", ":role/greenlane-CheckGatesRole",
            "kms:VerifyMac", ":role/greenlane-ApproveReleaseRole", "kms:CreateGrant", "nobody");

    private static final Pattern OPEN_STATEMENT = Pattern.compile("Resource: ['\"]?\\*");

    private RolesReview() {}

    static List<ReviewRule> rules() {
        return List.of(
                new ReviewRule("wildcard",
                        "* only where AWS knows no resource, with the reason above it; no ARN has it for a name or a part "
                                + "of one, that of an invoked function nowhere; NotAction and NotResource never",
                        RolesReview::wildcards),
                new ReviewRule("scope", "what AWS can restrict to a service, group, family or table is restricted",
                        RolesReview::scopes),
                new ReviewRule("pass-role", "roles are named, and passed to tasks of ECS alone",
                        it -> it.grants().filter(statement -> statement.grants("iam:PassRole"))
                                .filter(statement -> statement.resources().stream().anyMatch(arn -> arn.contains("*"))
                                        || !statement.condition("StringEquals", "iam:PassedToService").asText()
                                                .equals("ecs-tasks.amazonaws.com"))
                                .map(statement -> statement + ": to " + statement.resources())),
                new ReviewRule("duties",
                        "one role per function; who judges does not deploy, who deploys does not judge",
                        RolesReview::duties),
                new ReviewRule("codedeploy-role",
                        "CodeDeploy has a role for this service, these listeners and these hooks",
                        RolesReview::codeDeployRoles),
                new ReviewRule("trust", "services act for this account only",
                        it -> it.trusts().filter(trust -> trust.condition("StringEquals", "aws:SourceAccount").asText()
                                .isEmpty())
                                .map(trust -> trust.owner() + ": " + service(trust) + " without aws:SourceAccount")),
                new ReviewRule("own-statements", "statements are written by hand, and managed policies of AWS are none",
                        RolesReview::managed),
                new ReviewRule("boundary", "a role has the permissions boundary when one is given",
                        it -> it.all("AWS::IAM::Role").filter(role -> !it.given("PermissionsBoundaryArn")
                                .equals(role.properties().path("PermissionsBoundary").asText()))
                                .map(role -> role + ": without the boundary")),
                new ReviewRule("key-use",
                        "a role may use the account's key for what it calls, through that service, and for nothing else",
                        RolesReview::keyUse),
                new ReviewRule("approval-key",
                        "one role makes the codes of approvals, another compares them, and nobody else does either",
                        RolesReview::approvalKey),
                new ReviewRule("principal", "nobody is everybody, unless it is denied", RolesReview::principals));
    }

    private static Stream<String> wildcards(Reviewed it) {
        Stream<String> open = it.grants().filter(Statement::allows)
                .filter(statement -> statement.resources().contains("*"))
                .filter(statement -> !statement.actions().stream()
                        .allMatch(action -> WITHOUT_RESOURCE.contains(action)
                                || WITHOUT_SUCH_RESOURCE.containsKey(action)))
                .map(statement -> statement + ": on every resource");
        Stream<String> whole = it.grants().filter(Statement::allows).filter(statement -> !isScoped(statement))
                .flatMap(statement -> statement.resources().stream().filter(arn -> EVERY_ONE.matcher(arn).matches())
                        .map(arn -> statement + ": on " + arn));
        Stream<String> parts = it.grants().filter(Statement::allows)
                .flatMap(statement -> statement.resources().stream()
                        .filter(arn -> PART_OF_A_NAME.matcher(arn).matches()
                                || (statement.grants("lambda:InvokeFunction") && arn.contains("*")))
                        .map(arn -> statement + ": on whatever has a name like " + arn));
        Stream<String> others = Stream.of(it.grants(), it.resourcePolicies(), it.keyPolicies()).flatMap(all -> all)
                .filter(Statement::allows)
                .filter(statement -> statement.written().has("NotAction") || statement.written().has("NotResource"))
                .map(statement -> statement + ": all but what it names");
        Stream<String> actions = Stream.of(it.grants(), it.resourcePolicies(), it.keyPolicies()).flatMap(all -> all)
                .filter(Statement::allows)
                .filter(statement -> statement.actions().stream().anyMatch(action -> action.contains("*")))
                .map(statement -> statement + ": every action");
        Stream<String> silent = it.texts().entrySet().stream()
                .flatMap(file -> withoutReason(file.getKey(), file.getValue()));
        return Stream.of(open, whole, parts, others, actions, silent).flatMap(findings -> findings);
    }

    /** The rule about scopes looks at all of its resources. */
    private static boolean isScoped(Statement statement) {
        return statement.actions().stream().anyMatch(action -> SCOPES.keySet().stream().anyMatch(action::matches));
    }

    /** Statements on everything that have no comment above them. */
    private static Stream<String> withoutReason(String file, String text) {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> OPEN_STATEMENT.matcher(lines.get(i)).find())
                .filter(i -> !lines.get(start(lines, i) - 1).strip().startsWith("#"))
                .mapToObj(i -> file + " line " + (i + 1) + ": no reason above the statement");
    }

    private static int start(List<String> lines, int line) {
        int at = line;
        while (!lines.get(at).strip().startsWith("- Effect:")) {
            at--;
        }
        return at;
    }

    private static Stream<String> scopes(Reviewed it) {
        return it.grants().filter(Statement::allows).filter(statement -> !statement.resources().equals(List.of("*")))
                .flatMap(statement -> statement.actions().stream().flatMap(action -> SCOPES.entrySet().stream()
                        .filter(scope -> action.matches(scope.getKey()))
                        .filter(scope -> !statement.resources().stream()
                                .allMatch(
                                        arn -> arn.matches("arn:aws:[a-z]+:eu-west-1:111122223333" + scope.getValue())))
                        .map(scope -> statement.owner() + ": " + action + " on " + statement.resources())));
    }

    private static Stream<String> duties(Reviewed it) {
        Map<String, List<String>> functions = it.all("AWS::Lambda::Function")
                .collect(Collectors.groupingBy(function -> function.properties().path("Role").asText(),
                        Collectors.mapping(Resource::id, Collectors.toList())));
        Stream<String> shared = functions.entrySet().stream().filter(role -> role.getValue().size() > 1)
                .map(role -> role.getKey() + ": the role of " + role.getValue());
        Map<String, Set<String>> actions = it.grants().filter(Statement::allows).collect(Collectors.groupingBy(
                Statement::owner,
                Collectors.flatMapping(statement -> statement.actions().stream(), Collectors.toSet())));
        Stream<String> both = actions.entrySet().stream()
                .filter(role -> role.getValue().contains("codedeploy:CreateDeployment")
                        && role.getValue().contains("codedeploy:PutLifecycleEventHookExecutionStatus"))
                .map(role -> role.getKey() + ": deploys and judges");
        Stream<String> registering = actions.entrySet().stream()
                .filter(role -> role.getValue().contains("ecs:RegisterTaskDefinition")
                        && role.getValue().stream().anyMatch(action -> action.startsWith("codedeploy:Create")))
                .map(role -> role.getKey() + ": registers and deploys");
        return Stream.of(shared, both, registering).flatMap(findings -> findings);
    }

    private static Stream<String> keyUse(Reviewed it) {
        if (it.given("KmsKeyArn").isEmpty()) {
            return Stream.of();
        }
        return it.all("AWS::IAM::Role").flatMap(role -> {
            List<Statement> grants = it.grants(role).filter(Statement::allows).toList();
            Set<String> needed = grants.stream().filter(grant -> !isOfAnother(grant))
                    .flatMap(grant -> grant.actions().stream())
                    .flatMap(action -> KEY_USES.entrySet().stream().filter(use -> action.matches(use.getKey()))
                            .flatMap(use -> use.getValue().stream()))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> granted = grants.stream()
                    .filter(grant -> grant.resources().equals(List.of(it.given("KmsKeyArn"))))
                    .flatMap(grant -> grant.actions().stream().map(action -> action + " through "
                            + grant.condition("StringEquals", "kms:ViaService").asText().replaceFirst("\\..*", "")))
                    .collect(Collectors.toCollection(TreeSet::new));
            return needed.equals(granted)
                    ? Stream.of()
                    : Stream.of(role + ": may use the key for " + granted + ", needs " + needed);
        });
    }

    private static Stream<String> approvalKey(Reviewed it) {
        return it.keyPolicies().filter(Statement::allows).flatMap(statement -> {
            JsonNode principal = statement.written().path("Principal").path("AWS");
            return statement.actions().stream()
                    .filter(action -> !principal.asText().endsWith(KEY_USERS.getOrDefault(action, ":root")))
                    .map(action -> statement.owner() + ": " + action + " for " + principal);
        });
    }

    /** A bucket that the stack did not make has a key of its own. */
    private static boolean isOfAnother(Statement grant) {
        return grant.grants("s3:GetObject") && grant.resources().stream().noneMatch(arn -> arn.contains("-reports/"));
    }

    private static Stream<String> codeDeployRoles(Reviewed it) {
        Set<String> groups = it.all("AWS::CodeDeploy::DeploymentGroup")
                .map(group -> group.properties().path("ServiceRoleArn").asText()).collect(Collectors.toSet());
        return it.all("AWS::IAM::Role")
                .filter(role -> groups.stream().anyMatch(arn -> arn.endsWith(role.id())))
                .flatMap(role -> it.grants().filter(statement -> statement.owner().equals(role.id()))
                        .filter(statement -> statement.grants("lambda:InvokeFunction")
                                || statement.grants("elasticloadbalancing:ModifyListener"))
                        .filter(statement -> statement.resources().stream().anyMatch(arn -> arn.contains("*")))
                        .map(statement -> statement + ": on " + statement.resources()));
    }

    private static Stream<String> managed(Reviewed it) {
        Stream<String> templates = it.serverless().stream()
                .filter(resource -> resource.properties().has("Policies") || resource.written().has("Connectors")
                        || (resource.type().matches(".*::(Function|StateMachine)")
                                && !resource.properties().has("Role")))
                .map(resource -> resource + ": SAM writes statements for it");
        Stream<String> managed = it.all("AWS::IAM::Role")
                .flatMap(role -> Reviewed.items(role.properties().path("ManagedPolicyArns"))
                        .map(JsonNode::asText).filter(arn -> arn.contains(":iam::aws:"))
                        .map(arn -> role + ": " + arn));
        return Stream.concat(templates, managed);
    }

    private static Stream<String> principals(Reviewed it) {
        Stream<String> open = Stream.of(it.resourcePolicies(), it.keyPolicies(), it.trusts())
                .flatMap(all -> all)
                .filter(Statement::allows)
                .filter(statement -> statement.written().path("Principal").toString().contains("*"))
                .map(statement -> statement + ": for everybody");
        Stream<String> permissions = it.all("AWS::Lambda::Permission")
                .filter(permission -> !permission.properties().path("SourceArn").asText()
                        .contains(":111122223333:"))
                .map(permission -> permission + ": no SourceArn with the account");
        Stream<String> policies = it.resourcePolicies().filter(Statement::allows)
                .filter(statement -> statement.condition("ArnEquals", "aws:SourceArn").isMissingNode()
                        && statement.condition("StringEquals", "aws:SourceAccount").isMissingNode())
                .map(statement -> statement + ": no source");
        return Stream.of(open, permissions, policies).flatMap(findings -> findings);
    }

    private static String service(Statement trust) {
        return trust.written().path("Principal").path("Service").asText();
    }
}
