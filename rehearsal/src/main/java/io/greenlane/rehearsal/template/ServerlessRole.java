package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.template.ServerlessTransform.Expansion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The role that SAM makes of Policies: inline documents and statements, and ARNs of managed policies. */
final class ServerlessRole {
    private ServerlessRole() {}

    /** A policy that AWS manages, by its path and name. */
    static Object managed(String name) {
        return Map.of("Fn::Sub", "arn:${AWS::Partition}:iam::aws:policy/" + name);
    }

    static void of(Expansion expansion, String service, List<Object> managed, Object written) {
        String id = expansion.id() + "Role";
        List<Object> managedArns = new ArrayList<>(managed);
        List<Object> inline = new ArrayList<>();
        List<?> policies = written instanceof List<?> list ? list : List.of(written);
        for (int i = 0; i < policies.size(); i++) {
            Object policy = policies.get(i);
            if (policy instanceof Map<?, ?> document && document.containsKey("Statement")) {
                inline.add(Map.of("PolicyName", id + "Policy" + i, "PolicyDocument", document));
            } else if (policy instanceof String arn && arn.startsWith("arn:")) {
                managedArns.add(arn);
            } else {
                throw new TemplateException("Resource " + expansion.id()
                        + ": of Policies, only statements and ARNs of managed policies are expanded, got " + policy);
            }
        }
        Map<String, Object> role = new LinkedHashMap<>();
        role.put("AssumeRolePolicyDocument", trust(service + ".amazonaws.com"));
        if (!managedArns.isEmpty()) {
            role.put("ManagedPolicyArns", managedArns);
        }
        if (!inline.isEmpty()) {
            role.put("Policies", inline);
        }
        role.put("Tags", ServerlessTransform.createdBy(service.equals("states") ? "stateMachine" : service));
        expansion.beside(id, "AWS::IAM::Role", role);
    }

    /** A trust policy as SAM writes it. */
    static Map<String, Object> trust(String principal) {
        return Map.of("Version", "2012-10-17", "Statement", List.of(Map.of("Effect", "Allow", "Action",
                List.of("sts:AssumeRole"), "Principal", Map.of("Service", List.of(principal)))));
    }
}
