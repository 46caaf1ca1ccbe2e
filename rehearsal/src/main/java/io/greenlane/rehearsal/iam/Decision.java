package io.greenlane.rehearsal.iam;

/** Whether a request is allowed, and by what. */
public sealed interface Decision {
    AccessRequest request();

    /** Whose policy decided, as AWS's messages name the kinds. */
    enum Kind {
        IDENTITY("identity-based policy"), BOUNDARY("permissions boundary"), RESOURCE("resource-based policy");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /** A statement grants it, and none denies it. */
    record Allowed(AccessRequest request, Kind kind, Statement by) implements Decision {}

    /** A statement denies it, whatever others grant. */
    record ExplicitlyDenied(AccessRequest request, Kind kind, Statement by) implements Decision {}

    /** No policy of that kind grants it. */
    record NotAllowed(AccessRequest request, Kind missing) implements Decision {}

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /** The message of AWS's error (IAM guide, troubleshooting access denied errors). */
    default String sentence() {
        AccessRequest asked = request();
        String head = (asked.principal() instanceof Principal.Session ? "User: " : "") + asked.principal().name();
        return switch (this) {
            case Allowed allowed -> head + " may perform: " + asked.action() + " on resource: " + asked.resource();
            case ExplicitlyDenied denied -> head + notAuthorized(asked) + " with an explicit deny in a"
                    + (denied.kind == Kind.IDENTITY ? "n " : " ") + denied.kind.title;
            case NotAllowed lacking -> head + notAuthorized(asked) + " because no " + lacking.missing.title
                    + " allows the " + asked.action() + " action";
        };
    }

    private static String notAuthorized(AccessRequest asked) {
        return " is not authorized to perform: " + asked.action() + " on resource: " + asked.resource();
    }
}
