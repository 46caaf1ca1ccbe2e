package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.iam.Decision.Kind;
import io.greenlane.rehearsal.iam.Statement.Effect;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policies that a request within one account meets.
 *
 * @param identity those of the role; empty for a service
 * @param boundary the most that the role may do; null for no bound
 * @param resource that of the resource; null when it has none
 */
record Policies(List<Policy> identity, @Nullable Policy boundary, @Nullable Policy resource) {
    /** The same, with no statements but those about the request's action. */
    Policies about(AccessRequest request) {
        return new Policies(identity.stream().map(policy -> policy.about(request)).toList(),
                boundary == null ? null : boundary.about(request), resource == null ? null : resource.about(request));
    }

    /**
     * An explicit deny anywhere decides; otherwise a grant to the role or by the resource, within the boundary (IAM guide, policy
     * evaluation logic for requests within a single account).
     */
    Decision decide(AccessRequest request) {
        Decision denied = denied(request);
        if (denied != null) {
            return denied;
        }
        Decision granted = granted(request);
        if (granted == null) {
            return new Decision.NotAllowed(request,
                    request.principal() instanceof Principal.Service ? Kind.RESOURCE : Kind.IDENTITY);
        }
        return boundary == null || boundary.first(Effect.ALLOW, request).isPresent()
                ? granted
                : new Decision.NotAllowed(request, Kind.BOUNDARY);
    }

    private @Nullable Decision granted(AccessRequest request) {
        return request.resource().startsWith("arn:aws:kms:") ? grantedOnKey(request) : grantedByAny(request);
    }

    /**
     * A key knows whom its own policy names. To others a role's policy gives what the key's policy leaves to the account (KMS
     * guide, default key policy).
     */
    private @Nullable Decision grantedOnKey(AccessRequest request) {
        List<Statement> grants = resource == null
                ? List.of()
                : resource.statements().stream()
                        .filter(statement -> statement.effect() == Effect.ALLOW && statement.applies(request)).toList();
        return grants.stream().filter(grant -> !grant.isForTheAccount(request)).findFirst()
                .<Decision>map(grant -> new Decision.Allowed(request, Kind.RESOURCE, grant))
                .orElseGet(() -> grants.isEmpty() ? null : new Policies(identity, null, null).grantedByAny(request));
    }

    private @Nullable Decision grantedByAny(AccessRequest request) {
        for (Policy policy : identity) {
            Optional<Statement> grant = policy.first(Effect.ALLOW, request);
            if (grant.isPresent()) {
                return new Decision.Allowed(request, Kind.IDENTITY, grant.get());
            }
        }
        return resource == null
                ? null
                : resource.first(Effect.ALLOW, request)
                        .map(grant -> new Decision.Allowed(request, Kind.RESOURCE, grant)).orElse(null);
    }

    private @Nullable Decision denied(AccessRequest request) {
        for (Policy policy : identity) {
            Optional<Statement> found = policy.first(Effect.DENY, request);
            if (found.isPresent()) {
                return new Decision.ExplicitlyDenied(request, Kind.IDENTITY, found.get());
            }
        }
        if (boundary != null) {
            Optional<Statement> found = boundary.first(Effect.DENY, request);
            if (found.isPresent()) {
                return new Decision.ExplicitlyDenied(request, Kind.BOUNDARY, found.get());
            }
        }
        return resource == null
                ? null
                : resource.first(Effect.DENY, request)
                        .map(found -> new Decision.ExplicitlyDenied(request, Kind.RESOURCE, found)).orElse(null);
    }
}
