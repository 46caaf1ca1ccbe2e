package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.iam.Principal.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/**
 * The policy simulator of IAM, for roles: what their policies and their boundary grant. Policies of resources are no part of it
 * (IAM API reference, SimulatePrincipalPolicy).
 */
public final class SimulatedIam implements IamClient {
    private final Roles roles;

    public SimulatedIam(Roles roles) {
        this.roles = roles;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest request) {
        if (!request.policySourceArn().contains(":role/")) {
            throw invalid("The local cloud knows the policies of roles only, and " + request.policySourceArn()
                    + " is none");
        }
        if (!request.policyInputList().isEmpty() || !request.permissionsBoundaryPolicyInputList().isEmpty()
                || request.resourcePolicy() != null || request.resourceHandlingOption() != null) {
            throw invalid("The local cloud simulates with the policies that the role has, and with no others");
        }
        Map<String, List<String>> context = new HashMap<>();
        for (ContextEntry entry : request.contextEntries()) {
            context.put(entry.contextKeyName(), entry.contextKeyValues());
        }
        Session session = new Session(request.policySourceArn(), "simulation", null);
        List<EvaluationResult> results = new ArrayList<>();
        for (String action : request.actionNames()) {
            for (String resource : request.resourceArns().isEmpty()
                    ? List.of(Need.EVERYTHING)
                    : request.resourceArns()) {
                results.add(EvaluationResult.builder().evalActionName(action).evalResourceName(resource)
                        .evalDecision(decide(AccessRequest.of(session, action, resource, context), session.role()))
                        .build());
            }
        }
        return SimulatePrincipalPolicyResponse.builder().evaluationResults(results).isTruncated(false).build();
    }

    private PolicyEvaluationDecisionType decide(AccessRequest request, String role) {
        if (roles.role(role).isEmpty()) {
            return PolicyEvaluationDecisionType.ALLOWED;
        }
        return switch (roles.simulate(request)) {
            case Decision.Allowed allowed -> PolicyEvaluationDecisionType.ALLOWED;
            case Decision.ExplicitlyDenied denied -> PolicyEvaluationDecisionType.EXPLICIT_DENY;
            case Decision.NotAllowed lacking -> PolicyEvaluationDecisionType.IMPLICIT_DENY;
        };
    }

    private static InvalidInputException invalid(String sentence) {
        return InvalidInputException.builder().message(sentence).build();
    }
}
