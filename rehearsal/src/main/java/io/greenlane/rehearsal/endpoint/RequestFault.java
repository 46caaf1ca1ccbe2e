package io.greenlane.rehearsal.endpoint;

/** A request that is refused before any service sees it. */
final class RequestFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final int status;

    RequestFault(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    /** A body that does not have the shape of the request, in the words of AWS's own deserialiser. */
    static RequestFault unreadable(String message) {
        return new RequestFault("SerializationException", 400, message);
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
