package io.greenlane.rehearsal.endpoint;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkClient;

/** A simulated service at the endpoint. */
public final class ServiceBinding {
    private final AwsService service;
    private final SdkClient implementation;
    private final Map<String, Operation> operations;

    private ServiceBinding(AwsService service, SdkClient implementation) {
        this.service = service;
        this.implementation = implementation;
        this.operations = Operation.of(service.clientType());
    }

    /** Binds the implementation, whose type says which service it is. */
    public static ServiceBinding of(SdkClient implementation) {
        return new ServiceBinding(AwsService.of(implementation), implementation);
    }

    /** Which service it is. */
    public AwsService service() {
        return service;
    }

    SdkClient implementation() {
        return implementation;
    }

    Optional<Operation> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    Map<String, Operation> operations() {
        return operations;
    }
}
