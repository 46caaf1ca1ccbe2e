package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.WireFault.Refusal;
import io.greenlane.rehearsal.iam.Principal.Assumption;
import io.greenlane.rehearsal.iam.Principal.Service;
import io.greenlane.rehearsal.iam.Principal.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Refuses the calls that the caller's role is not granted, in the words of the service. Who signs with the key of no role, or
 * works under a role that nobody defined here, is the account's administrator, and may do everything.
 */
public final class Permissions implements CallObserver, Authority {
    private final Roles roles;
    private final CallNeeds needs;
    private final Function<String, Optional<Session>> sessions;
    private final Audit audit;
    private final Journal journal;

    /**
     * Permissions as the roles have them.
     *
     * @param sessions who the caller of a call is; empty for the administrator
     * @param audit told about every call
     * @param journal gets what is refused
     */
    public Permissions(Account account, Roles roles, Places places, Function<String, Optional<Session>> sessions,
            Audit audit, Journal journal) {
        this.roles = roles;
        this.needs = new CallNeeds(account, places);
        this.sessions = sessions;
        this.audit = audit;
        this.journal = journal;
    }

    @Override
    public void arrives(Call call) {
        String caller = call.caller();
        if (caller != null) {
            sessions.apply(caller).flatMap(session -> refusal(session, Map.of(), call)).ifPresent(denied -> {
                throw error(call.service(), denied);
            });
        }
    }

    @Override
    public Optional<Decision> refusal(Principal who, Map<String, List<String>> context, AwsService service,
            SdkRequest request) {
        String name = request.getClass().getSimpleName();
        return refusal(who, context, new Call(service, name.substring(0, name.length() - "Request".length()), null,
                request, null));
    }

    private Optional<Decision> refusal(Principal who, Map<String, List<String>> context, Call call) {
        if (who instanceof Session session && roles.role(session.role()).isEmpty()) {
            return Optional.empty();
        }
        List<Decision> decisions = decisions(who, context, call);
        audit.record(new DecidedCall(who, call.service(), call.operation(), decisions));
        return decisions.stream().filter(decision -> !decision.isAllowed()).findFirst();
    }

    /** Up to the first that refuses. */
    private List<Decision> decisions(Principal who, Map<String, List<String>> context, Call call) {
        List<Decision> decisions = new ArrayList<>();
        if (who instanceof Session session && session.assumption() != null) {
            Decision assuming = assuming(session, session.assumption());
            decisions.add(assuming);
            if (!assuming.isAllowed()) {
                return decisions;
            }
        }
        for (Need need : needs.of(call)) {
            Decision decision = decide(who, context, need);
            decisions.add(decision);
            if (!decision.isAllowed()) {
                return decisions;
            }
        }
        return decisions;
    }

    /** Whether the role trusts the service that works under it. */
    private Decision assuming(Session session, Assumption assumption) {
        return decide(new Service(assumption.service()),
                Map.of("aws:SourceArn", List.of(assumption.source()), "aws:SourceAccount", List.of(session.account())),
                Need.of("sts:AssumeRole", session.role()));
    }

    private Decision decide(Principal who, Map<String, List<String>> context, Need need) {
        Map<String, List<String>> all = new HashMap<>(context);
        all.putAll(need.context());
        Decision decision = roles.decide(AccessRequest.of(who, need.action(), need.resource(), all));
        if (!decision.isAllowed()) {
            journal.write("iam", "AccessDenied", need.action(),
                    Map.of("principal", who.name(), "resource", need.resource()), decision.sentence());
        }
        return decision;
    }

    /** The error by which a service says that a call is not allowed (API references, common errors). */
    public static Refusal refusal(AwsService service) {
        return switch (service) {
            case LOAD_BALANCING, CLOUDWATCH, S3, STS, IAM -> new Refusal("AccessDenied", 403);
            case SNS -> new Refusal("AuthorizationError", 403);
            case LAMBDA, APPCONFIG, APPCONFIG_DATA -> new Refusal("AccessDeniedException", 403);
            default -> new Refusal("AccessDeniedException", 400);
        };
    }

    private static AwsServiceException error(AwsService service, Decision decision) {
        Refusal refusal = refusal(service);
        return AwsServiceException.builder().statusCode(refusal.status()).awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(refusal.code()).errorMessage(decision.sentence()).build()).build();
    }
}
