package io.greenlane.rehearsal.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a policy.
 *
 * @param policy the name of the policy that it stands in
 * @param number its place there, from 1
 * @param actions what it is about
 * @param resources null where the policy belongs to a resource or a role's trust, and names none
 * @param principals null where the policy belongs to a role
 * @param conditions all of them must hold
 */
public record Statement(
        String policy, int number, Effect effect, Choice actions, @Nullable Choice resources,
        @Nullable Principals principals, List<Condition> conditions) {

    /** What a matching statement does. */
    public enum Effect {
        ALLOW, DENY
    }

    /**
     * The element {@code Action} or {@code Resource}, or the one with Not.
     *
     * @param texts in lower case where case does not matter
     * @param written the same as they stand there
     * @param but whether everything is meant but these
     */
    record Choice(List<PolicyText> texts, List<String> written, boolean but) {
        private boolean hasAction(String lowerCase, AccessRequest request) {
            return texts.stream().anyMatch(text -> text.describes(lowerCase, request)) != but;
        }

        private boolean hasResource(String arn, AccessRequest request) {
            return texts.stream().anyMatch(text -> text.describesArn(arn, request)) != but;
        }

        /** Those that are meant; a star for everything but some. */
        private List<String> meant() {
            return but ? List.of("*") : written;
        }

        private String firstFor(Predicate<PolicyText> describes) {
            for (int i = 0; i < texts.size() && !but; i++) {
                if (describes.test(texts.get(i))) {
                    return written.get(i);
                }
            }
            return "*";
        }
    }

    /**
     * The element {@code Principal}, or {@code NotPrincipal}.
     *
     * @param anyone whether it is a star
     * @param named by kind: {@code AWS} with ARNs and account ids, {@code Service} with names
     */
    record Principals(boolean anyone, Map<String, List<String>> named, boolean but) {
        private boolean has(Principal principal) {
            return (anyone || switch (principal) {
                case Principal.Service service -> named.getOrDefault("Service", List.of()).contains(service.name());
                case Principal.Session session -> named.getOrDefault("AWS", List.of()).stream()
                        .anyMatch(name -> name.equals("*") || name.equals(session.role())
                                || name.equals(session.name()) || isAccount(name, session));
            }) != but;
        }

        /** Whether it means the principal only as one of its account. */
        private boolean hasAsOfAccount(Principal principal) {
            return !anyone && !but && principal instanceof Principal.Session session
                    && named.getOrDefault("AWS", List.of()).stream().noneMatch(name -> name.equals("*")
                            || name.equals(session.role()) || name.equals(session.name()))
                    && has(session);
        }

        private static boolean isAccount(String name, Principal.Session session) {
            return name.equals(session.account()) || name.equals("arn:aws:iam::" + session.account() + ":root");
        }
    }

    /** Where it stands, for people. */
    public String place() {
        return "policy " + policy + ", statement " + number;
    }

    /** The part of it that grants a request to which it applies. */
    Grant grant(String holder, AccessRequest request) {
        String action = request.action().toLowerCase(Locale.ROOT);
        return new Grant(holder, policy, number, actions.firstFor(text -> text.describes(action, request)),
                resources == null
                        ? "*"
                        : resources.firstFor(text -> text.describesArn(request.resource(), request)));
    }

    /** All that it grants. */
    Stream<Grant> grants(String holder) {
        List<String> onAll = resources == null ? List.of("*") : resources.meant();
        return effect == Effect.DENY
                ? Stream.empty()
                : actions.meant().stream().flatMap(action -> onAll.stream()
                        .map(resource -> new Grant(holder, policy, number, action, resource)));
    }

    /** Whether it speaks about the request's action. */
    boolean isAbout(AccessRequest request) {
        return actions.hasAction(request.action().toLowerCase(Locale.ROOT), request);
    }

    /** Whether it names the request's principal as one of its account, and not itself. */
    boolean isForTheAccount(AccessRequest request) {
        return principals != null && principals.hasAsOfAccount(request.principal());
    }

    /** Whether it speaks about the request. */
    boolean applies(AccessRequest request) {
        return isAbout(request) && (principals == null || principals.has(request.principal()))
                && (resources == null || resources.hasResource(request.resource(), request))
                && conditions.stream().allMatch(condition -> condition.holds(request));
    }
}
