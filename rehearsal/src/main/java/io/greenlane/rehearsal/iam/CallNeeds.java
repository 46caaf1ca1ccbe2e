package io.greenlane.rehearsal.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.endpoint.AwsService;
import io.greenlane.rehearsal.endpoint.CallObserver.Call;
import io.greenlane.rehearsal.endpoint.JsonShapes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** Which permissions a call needs. */
final class CallNeeds {
    private final KeyNeeds keys;
    private final Map<AwsService, ServiceNeeds> services = new EnumMap<>(AwsService.class);

    CallNeeds(Account account, Places places) {
        keys = new KeyNeeds(account, places);
        ServiceNeeds messaging = new MessagingNeeds(account);
        ServiceNeeds others = new OtherNeeds(account, places);
        services.put(AwsService.ECS, new EcsNeeds(account, places));
        services.put(AwsService.ECR, new EcrNeeds(account));
        services.put(AwsService.CODEDEPLOY, new CodeDeployNeeds(account, places));
        services.put(AwsService.STEP_FUNCTIONS, new StepFunctionsNeeds(account));
        services.put(AwsService.DYNAMODB, new DynamoDbNeeds(account));
        services.put(AwsService.S3, new S3Needs(places));
        List.of(AwsService.SNS, AwsService.SQS, AwsService.EVENTBRIDGE)
                .forEach(service -> services.put(service, messaging));
        List.of(AwsService.LAMBDA, AwsService.LOAD_BALANCING, AwsService.CLOUDWATCH, AwsService.LOGS, AwsService.SSM,
                AwsService.KMS, AwsService.APPCONFIG_DATA, AwsService.IAM)
                .forEach(service -> services.put(service, others));
    }

    /**
     * All that must be allowed; empty when the call is about nothing that is there.
     *
     * @throws IllegalStateException when nobody has written down what the operation needs
     */
    List<Need> of(Call call) {
        ServiceNeeds known = services.get(call.service());
        SdkRequest request = request(call);
        List<Need> needs = known == null || request == null ? null : known.of(request);
        if (needs != null) {
            return Stream.concat(needs.stream(), keys.of(needs).stream()).toList();
        }
        String action = prefix(call.service()) + ":" + call.operation();
        if (call.service() == AwsService.STS && call.operation().equals("GetCallerIdentity")) {
            return List.of(); // needs no permission, and cannot be denied (STS API reference)
        }
        if (ServiceAuthorization.knows(action) && !ServiceAuthorization.knowsResources(action)) {
            return List.of(Need.of(action, Need.EVERYTHING));
        }
        throw new IllegalStateException("The local cloud does not know which permissions " + call.operation() + " of "
                + call.service().signingName() + " needs; they are to be added in " + CallNeeds.class.getPackageName());
    }

    /** The service in IAM actions. */
    static String prefix(AwsService service) {
        return service == AwsService.CLOUDWATCH ? "cloudwatch" : service.signingName();
    }

    private static @Nullable SdkRequest request(Call call) {
        ObjectNode raw = call.raw();
        if (raw == null || call.service() != AwsService.ECS || !call.operation().equals("RegisterTaskDefinition")) {
            return call.request();
        }
        RegisterTaskDefinitionRequest.Builder typed = RegisterTaskDefinitionRequest.builder();
        JsonShapes.WIRE_KNOWN_ONLY.read(raw, typed);
        return typed.build();
    }
}
