package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** AWS::IAM resources, kept in the registry of roles. */
record IamResources(Account account, Roles roles) {
    Map<String, ResourceType> types() {
        return Map.of("AWS::IAM::Role", this::role, "AWS::IAM::ManagedPolicy", this::managedPolicy);
    }

    private Created role(ResourceRequest request) {
        String name = request.name("RoleName", 64);
        String arn = "arn:aws:iam::" + account.id() + ":role/" + name;
        Map<String, Map<String, Object>> inline = new LinkedHashMap<>();
        for (Object each : Values.list(request.value("Policies").orElse(List.of()), request.where("Policies"))) {
            Map<String, Object> policy = Template.map(each, request.where("Policies"));
            if (!policy.keySet().equals(Set.of("PolicyName", "PolicyDocument"))) {
                throw request.problem("needs PolicyName and PolicyDocument in Policies, got " + policy.keySet());
            }
            inline.put(String.valueOf(policy.get("PolicyName")),
                    Template.map(policy.getOrDefault("PolicyDocument", ""), request.where("Policies")));
        }
        Map<String, Object> trust = Template.map(request.need("AssumeRolePolicyDocument"),
                request.where("AssumeRolePolicyDocument"));
        request.recordOnly("Description", "Tags");
        Roles.Role role = new Roles.Role(arn, name, trust, inline, request.texts("ManagedPolicyArns"),
                request.value("PermissionsBoundary").map(String::valueOf).orElse(null));
        request.finish();
        evaluable(request, () -> roles.add(role));
        return new Created(name, Map.of("Arn", arn, "RoleId", "AROA" + request.checksum().toUpperCase(Locale.ROOT)));
    }

    private Created managedPolicy(ResourceRequest request) {
        String name = request.name("ManagedPolicyName", 128);
        String arn = "arn:aws:iam::" + account.id() + ":policy/" + name;
        request.recordOnly("Description");
        Map<String, Object> document = Template.map(request.need("PolicyDocument"), request.where("PolicyDocument"));
        request.finish();
        evaluable(request, () -> roles.addManagedPolicy(arn, document));
        return new Created(arn, Map.of("PolicyArn", arn));
    }

    private static void evaluable(ResourceRequest request, Runnable adding) {
        try {
            adding.run();
        } catch (IllegalArgumentException odd) {
            throw request.problem("has a policy that cannot be evaluated: " + odd.getMessage());
        }
    }
}
