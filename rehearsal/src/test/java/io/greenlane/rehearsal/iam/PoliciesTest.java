package io.greenlane.rehearsal.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policies allow, statement by statement. */
class PoliciesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Principal ROLE = new Principal.Session("arn:aws:iam::111122223333:role/team/Starter", "Start",
            null);
    private static final String SERVICE = "arn:aws:ecs:eu-west-1:111122223333:service/shop/web";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`'Action': 'ecs:DescribeServices'`                        | ecs:DescribeServices | true",
            "`'Action': 'ECS:describeservices'`                        | ecs:DescribeServices | true",
            "`'Action': ['ecs:ListTasks', 'ecs:Describe*']`            | ecs:DescribeServices | true",
            "`'Action': 'ecs:Describe?ervices'`                        | ecs:DescribeServices | true",
            "`'Action': 'ecs:Describe'`                                | ecs:DescribeServices | false",
            "`'Action': '*'`                                           | ecs:DescribeServices | true",
            "`'NotAction': 'ecs:*'`                                    | ecs:DescribeServices | false",
            "`'NotAction': ['iam:*', 'ecs:Update*']`                   | ecs:DescribeServices | true"})
    void an_action_is_told_by_wildcards_without_case(String element, String action, boolean allowed) {
        assertThat(decide("{'Effect': 'Allow', " + element + ", 'Resource': '*'}", action, SERVICE, Map.of())
                .isAllowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`'Resource': 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web'`     | true",
            "`'Resource': 'arn:aws:ecs:eu-west-1:111122223333:service/shop/*'`       | true",
            "`'Resource': 'arn:aws:ecs:*:*:service/*'`                               | true",
            "`'Resource': 'arn:aws:ecs:*'`                                           | true",
            "`'Resource': 'arn:aws:ecs'`                                             | true",
            "`'Resource': 'arn:aws:ecs:eu-west-1:111122223333:service/shop/we'`      | false",
            "`'Resource': 'arn:aws:ecs:eu-west-1:111122223333:Service/shop/web'`     | false",
            "`'Resource': 'arn:aws:ecs:eu-*3:service/shop/web'`                      | false",
            "`'Resource': 'arn:aws:ecs:${aws:PrincipalAccount}:*'`                   | false",
            "`'Resource': 'arn:aws:ecs:*:${aws:PrincipalAccount}:service/*'`         | true",
            "`'Resource': 'arn:aws:ecs:*:*:service/${aws:PrincipalTag/team}/web'`    | false",
            "`'Resource': 'arn:aws:ecs:*:*:service/${aws:PrincipalTag/team, 'shop'}/web'` | true",
            "`'Resource': 'arn:aws:ecs:*:*:service/shop/${*}'`                       | false",
            "`'NotResource': 'arn:aws:ecs:*:*:service/shop/*'`                       | false",
            "`'NotResource': 'arn:aws:ecs:*:*:service/bank/*'`                       | true"})
    void a_resource_is_told_part_by_part(String element, boolean allowed) {
        assertThat(decide("{'Effect': 'Allow', 'Action': 'ecs:*', " + element.replace("'shop'}", "\\u0027shop\\u0027}")
                + "}", "ecs:DescribeServices", SERVICE, Map.of()).isAllowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`'StringEquals': {'k:one': ['b', 'a']}`              | true",
            "`'StringEquals': {'K:ONE': 'a'}`                     | true",
            "`'StringEquals': {'k:one': 'A'}`                     | false",
            "`'StringEquals': {'k:one': '*'}`                     | false",
            "`'StringEqualsIgnoreCase': {'k:one': 'A'}`           | true",
            "`'StringNotEquals': {'k:one': ['b', 'c']}`           | true",
            "`'StringNotEquals': {'k:one': ['b', 'a']}`           | false",
            "`'StringNotEquals': {'k:none': 'a'}`                 | true",
            "`'StringEquals': {'k:none': 'a'}`                    | false",
            "`'StringEqualsIfExists': {'k:none': 'a'}`            | true",
            "`'StringEqualsIfExists': {'k:one': 'b'}`             | false",
            "`'StringLike': {'k:one': '?'}`                       | true",
            "`'StringLike': {'k:path': 'x/*/z'}`                  | true",
            "`'StringNotLike': {'k:path': 'x/*'}`                 | false",
            "`'StringEquals': {'k:one': 'a', 'k:path': 'no'}`     | false",
            "`'StringEquals': {'k:account': '${aws:PrincipalAccount}'}` | true",
            "`'ArnLike': {'k:arn': 'arn:aws:ecs:*:*:cluster/*'}`  | true",
            "`'ArnEquals': {'k:arn': 'arn:aws:ecs:*:111122223333:cluster/shop'}` | true",
            "`'ArnLike': {'k:arn': 'arn:aws:*:cluster/shop'}`     | false",
            "`'ArnNotLike': {'k:arn': 'arn:aws:ecs:*:*:cluster/bank'}` | true",
            "`'Bool': {'aws:SecureTransport': 'true'}`            | true",
            "`'Bool': {'aws:SecureTransport': false}`             | false",
            "`'BoolIfExists': {'k:none': 'true'}`                 | true",
            "`'Null': {'k:none': 'true'}`                         | true",
            "`'Null': {'k:none': 'false'}`                        | false",
            "`'Null': {'k:one': 'false'}`                         | true",
            "`'NumericLessThan': {'k:number': '10'}`              | true",
            "`'NumericLessThanEquals': {'k:number': 9.0}`         | true",
            "`'NumericGreaterThan': {'k:number': '9'}`            | false",
            "`'NumericGreaterThanEquals': {'k:number': '9'}`      | true",
            "`'NumericEquals': {'k:number': ['8', '9']}`          | true",
            "`'NumericNotEquals': {'k:number': '9.00'}`           | false",
            "`'ForAnyValue:StringEquals': {'k:many': ['b', 'x']}` | true",
            "`'ForAnyValue:StringEquals': {'k:many': 'x'}`        | false",
            "`'ForAnyValue:StringEquals': {'k:none': 'x'}`        | false",
            "`'ForAllValues:StringEquals': {'k:many': ['a', 'b', 'c']}` | true",
            "`'ForAllValues:StringEquals': {'k:many': ['a', 'c']}` | false",
            "`'ForAllValues:StringEquals': {'k:none': 'x'}`       | true",
            "`'ForAllValues:StringNotEquals': {'k:many': ['x']}`  | true",
            "`'ForAnyValue:StringNotEquals': {'k:many': ['a']}`   | true"})
    void a_condition_compares_keys_of_the_request(String condition, boolean allowed) {
        Map<String, List<String>> context = Map.of("k:one", List.of("a"), "k:path", List.of("x/y/z"), "k:account",
                List.of("111122223333"), "k:arn", List.of("arn:aws:ecs:eu-west-1:111122223333:cluster/shop"),
                "k:number",
                List.of("9"), "k:many", List.of("a", "b"));

        assertThat(decide("{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': {" + condition + "}}",
                "ecs:DescribeServices", SERVICE, context).isAllowed()).isEqualTo(allowed);
    }

    @Test
    void a_deny_decides_whatever_is_granted() {
        Policies policies = new Policies(
                List.of(policy("Grants", "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}"),
                        policy("Denies", "{'Effect': 'Deny', 'Action': 'ecs:Delete*', 'Resource': '*'}")),
                null, null);

        assertThat(policies.decide(request("ecs:DescribeServices")).isAllowed()).isTrue();
        assertThat(policies.decide(request("ecs:DeleteService")).sentence())
                .isEqualTo("User: arn:aws:sts::111122223333:"
                        + "assumed-role/Starter/Start is not authorized to perform: ecs:DeleteService on resource: "
                        + SERVICE
                        + " with an explicit deny in an identity-based policy");
    }

    @Test
    void what_nobody_grants_is_not_allowed() {
        assertThat(new Policies(List.of(), null, null).decide(request("ecs:DeleteService")).sentence())
                .isEqualTo("User: arn:aws:sts::111122223333:assumed-role/Starter/Start is not authorized to perform: "
                        + "ecs:DeleteService on resource: " + SERVICE + " because no identity-based policy allows the "
                        + "ecs:DeleteService action");
    }

    @Test
    void a_boundary_bounds_what_is_granted_and_grants_nothing() {
        Policy all = policy("Grants", "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}");
        Policy bound = policy("Bound", "{'Effect': 'Allow', 'Action': 'ecs:Describe*', 'Resource': '*'}");

        assertThat(new Policies(List.of(all), bound, null).decide(request("ecs:DescribeServices")).isAllowed())
                .isTrue();
        assertThat(new Policies(List.of(all), bound, null).decide(request("ecs:DeleteService")).sentence())
                .endsWith("because no permissions boundary allows the ecs:DeleteService action");
        assertThat(new Policies(List.of(), bound, null).decide(request("ecs:DescribeServices")).isAllowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`'*'`                                                          | true",
            "`{'AWS': '111122223333'}`                                      | true",
            "`{'AWS': 'arn:aws:iam::111122223333:role/team/Starter'}`       | true",
            "`{'AWS': ['arn:aws:iam::111122223333:role/Other', '999999999999']}` | false",
            "`{'Service': 'events.amazonaws.com'}`                          | false"})
    void a_resource_grants_to_those_it_names(String principal, boolean allowed) {
        Policy policy = policy("Topic", "{'Effect': 'Allow', 'Principal': " + principal
                + ", 'Action': 'sns:Publish', 'Resource': '*'}");

        assertThat(new Policies(List.of(), null, policy).decide(request("sns:Publish")).isAllowed()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "kms:VerifyMac   | `'AWS': 'arn:aws:iam::111122223333:root'`             | true  | false | true",
            "kms:VerifyMac   | `'AWS': '111122223333'`                               | false | false | false",
            "kms:VerifyMac   | `'AWS': 'arn:aws:iam::111122223333:role/team/Starter'` | false | false | true",
            "kms:VerifyMac   | `'AWS': 'arn:aws:iam::111122223333:role/team/Other'`   | true  | false | false",
            "kms:GenerateMac | `'AWS': 'arn:aws:iam::111122223333:root'`             | true  | false | false",
            "kms:VerifyMac   | `'AWS': 'arn:aws:iam::111122223333:root'`             | true  | true  | false"})
    void a_key_is_used_by_whom_its_policy_names_and_else_by_whom_it_leaves_to_the_account(String action,
            String principal, boolean granted, boolean denied, boolean allowed) {
        Policy ofKey = policy("Key", "{'Effect': 'Allow', 'Principal': {" + principal
                + "}, 'Action': 'kms:VerifyMac', 'Resource': '*'}" + (denied
                        ? ", {'Effect': 'Deny', 'Principal': '*', 'Action': 'kms:*', 'Resource': '*'}"
                        : ""));
        Policy ofRole = policy("Role", "{'Effect': 'Allow', 'Action': '" + (granted ? "kms:*" : "sns:*")
                + "', 'Resource': '*'}");
        AccessRequest request = AccessRequest.of(ROLE, action, "arn:aws:kms:eu-west-1:111122223333:key/0a1b",
                Map.of());

        assertThat(new Policies(List.of(ofRole), null, ofKey).decide(request).isAllowed()).isEqualTo(allowed);
        assertThat(new Policies(List.of(ofRole), null, null).decide(request).isAllowed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "`{'Effect': 'Grant', 'Action': '*', 'Resource': '*'}`               | `Effect is Allow or Deny, got Grant`",
            "`{'Effect': 'Allow', 'Resource': '*'}`                              | `Action or NotAction is missing`",
            "`{'Effect': 'Allow', 'Action': '*', 'NotAction': 'a:b'}`            | `both Action and NotAction`",
            "`{'Effect': 'Allow', 'Action': '*', 'Resources': '*'}`              | `got [Effect, Action, Resources]`",
            "`{'Effect': 'Allow', 'Action': '*', 'Condition': {'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}}}` | `does not evaluate the condition operator IpAddress`"})
    void a_policy_that_cannot_be_evaluated_is_refused(String statement, String problem) {
        assertThatThrownBy(() -> policy("Odd", statement)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Policy Odd, statement 1: ").hasMessageContaining(problem);
    }

    @Test
    void a_decision_names_the_statement() {
        Policy policy = policy("Start", "{'Effect': 'Allow', 'Action': 'ecs:Update*', 'Resource': '*'},"
                + "{'Effect': 'Allow', 'Action': 'ecs:Delete*', 'Resource': '*'}");

        assertThat(new Policies(List.of(policy), null, null).decide(request("ecs:DeleteService")))
                .isInstanceOfSatisfying(Decision.Allowed.class,
                        allowed -> assertThat(allowed.by().place()).isEqualTo("policy Start, statement 2"));
    }

    private static Decision decide(String statement, String action, String resource,
            Map<String, List<String>> context) {
        return new Policies(List.of(policy("Test", statement)), null, null)
                .decide(AccessRequest.of(ROLE, action, resource, context));
    }

    private static AccessRequest request(String action) {
        return AccessRequest.of(ROLE, action, SERVICE, Map.of());
    }

    private static Policy policy(String name, String statements) {
        return PolicyReader.read(name, json("{'Version': '2012-10-17', 'Statement': [" + statements + "]}"));
    }

    private static Map<String, @Nullable Object> json(String text) {
        try {
            return JSON.readValue(text.replace('\'', '"'), new TypeReference<>() {
            });
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
