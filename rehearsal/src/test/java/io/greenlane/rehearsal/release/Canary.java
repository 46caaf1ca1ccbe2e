package io.greenlane.rehearsal.release;

import io.greenlane.rehearsal.events.EventBus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * A secret that nobody is to write down. It is in the task definition of every service and in every event but those of images: such
 * an event is the input of the workflow, which Step Functions keeps whole.
 */
final class Canary {
    static final String SECRET = "canary-4711";

    private static final KeyValuePair VARIABLE = KeyValuePair.builder().name("DATABASE_PASSWORD").value(SECRET).build();

    private Canary() {}

    /** ECS as those who create stacks see it: all containers of a task definition get the secret. */
    static EcsClient in(EcsClient ecs) {
        return (EcsClient) Proxy.newProxyInstance(EcsClient.class.getClassLoader(), new Class<?>[]{EcsClient.class},
                (proxy, method, arguments) -> {
                    try {
                        return arguments != null && arguments[0] instanceof RegisterTaskDefinitionRequest request
                                ? ecs.registerTaskDefinition(in(request))
                                : method.invoke(ecs, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static RegisterTaskDefinitionRequest in(RegisterTaskDefinitionRequest request) {
        return request.toBuilder()
                .containerDefinitions(request.containerDefinitions().stream().map(Canary::in).toList())
                .build();
    }

    private static ContainerDefinition in(ContainerDefinition container) {
        List<KeyValuePair> environment = new ArrayList<>(container.environment());
        environment.add(VARIABLE);
        return container.toBuilder().environment(environment).build();
    }

    /** The bus as services of AWS see it. */
    static EventBus in(EventBus bus) {
        return (source, detailType, resources, detail) -> {
            Map<String, Object> told = new HashMap<>(detail);
            if (!detailType.equals("ECR Image Action")) {
                told.put("note", SECRET);
            }
            bus.announce(source, detailType, resources, told);
        };
    }
}
