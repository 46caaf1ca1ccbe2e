package io.greenlane.rehearsal.endpoint;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** An error of a simulated service, as SDK integrations of Step Functions see it. */
public final class AwsCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String exceptionName;
    private final String code;

    private AwsCallException(String exceptionName, String code, String message) {
        super(message);
        this.exceptionName = exceptionName;
        this.code = code;
    }

    static AwsCallException of(AwsService service, RuntimeException thrown) {
        Fault fault = Faults.of(service, thrown);
        String name = thrown instanceof AwsServiceException
                ? thrown.getClass().getSimpleName()
                : fault.code().endsWith("Exception") ? fault.code() : fault.code() + "Exception";
        return new AwsCallException(name, fault.code(), fault.message());
    }

    static AwsCallException unknownService(String service) {
        return new AwsCallException("UnknownServiceException", "UnknownService",
                "The local cloud does not simulate the service " + service);
    }

    /** The SDK's class name without its package, always ending in Exception: {@code TaskTimedOutException}. */
    public String exceptionName() {
        return exceptionName;
    }

    /** The code on the wire: {@code TaskTimedOut}. */
    public String code() {
        return code;
    }

    /** The service's message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
