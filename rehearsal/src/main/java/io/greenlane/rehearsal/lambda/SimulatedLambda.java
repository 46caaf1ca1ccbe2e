package io.greenlane.rehearsal.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.endpoint.SlowOperations;
import io.greenlane.rehearsal.lambda.FunctionInvoker.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionResponse;
import software.amazon.awssdk.services.lambda.model.FunctionCodeLocation;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionEventInvokeConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.ListAliasesRequest;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * The Lambda API of the local cloud. Functions are defined by templates, through {@link FunctionHost#define}, not by
 * uploading code.
 */
public final class SimulatedLambda implements LambdaClient, SlowOperations {
    private static final int MOST_BYTES = 6 * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Account account;
    private final Timeline timeline;
    private final FunctionHost host;

    public SimulatedLambda(Account account, Timeline timeline, FunctionHost host) {
        this.account = account;
        this.timeline = timeline;
        this.host = host;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // The host is closed by who made it.
    }

    /** Invokes and waits for the answer: for callers outside the turns of the timeline. */
    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        try {
            return timeline.call(() -> start(request)).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }

    /** Invoke waits for a process, so the endpoint does not let it keep its turn. */
    @Override
    public boolean servesSlow(String operation) {
        return operation.equals("Invoke");
    }

    @Override
    public CompletableFuture<? extends SdkResponse> callSlow(String operation, SdkRequest request) {
        return start((InvokeRequest) request);
    }

    private CompletableFuture<InvokeResponse> start(InvokeRequest request) {
        String function = qualified(request.functionName(), request.qualifier());
        String payload = request.payload() == null ? "{}" : request.payload().asUtf8String();
        checkPayload(payload);
        checkExists(function);
        return switch (request.invocationType() == null ? InvocationType.REQUEST_RESPONSE : request.invocationType()) {
            case REQUEST_RESPONSE -> respond(function, payload);
            case EVENT -> {
                host.enqueue(function, payload);
                yield CompletableFuture.completedFuture(InvokeResponse.builder().statusCode(202).build());
            }
            case DRY_RUN -> CompletableFuture.completedFuture(InvokeResponse.builder().statusCode(204).build());
            case UNKNOWN_TO_SDK_VERSION -> throw error("InvalidParameterValueException",
                    "Unknown invocation type " + request.invocationTypeAsString(), 400);
        };
    }

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest request) {
        FunctionDefinition function = find(qualified(request.functionName(), request.qualifier()));
        return GetFunctionResponse.builder().configuration(configuration(function))
                .code(FunctionCodeLocation.builder().repositoryType("S3").build()).build();
    }

    @Override
    public GetFunctionConfigurationResponse getFunctionConfiguration(GetFunctionConfigurationRequest request) {
        FunctionConfiguration found = configuration(find(qualified(request.functionName(), request.qualifier())));
        return GetFunctionConfigurationResponse.builder().functionName(found.functionName())
                .functionArn(found.functionArn()).runtime(found.runtime()).role(found.role()).handler(found.handler())
                .timeout(found.timeout()).memorySize(found.memorySize()).version(found.version())
                .environment(
                        variables -> variables.variables(find(request.functionName()).environment()))
                .packageType(found.packageType()).state(found.state()).lastUpdateStatus(found.lastUpdateStatus())
                .loggingConfig(found.loggingConfig()).build();
    }

    @Override
    public ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
        return ListFunctionsResponse.builder().functions(
                host.functions().values().stream().map(found -> configuration(found.definition())).toList()).build();
    }

    @Override
    public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
        host.delete(find(request.functionName()).name());
        return DeleteFunctionResponse.builder().build();
    }

    /** Every version is the code that is there: one number is handed out, once. */
    @Override
    public PublishVersionResponse publishVersion(PublishVersionRequest request) {
        FunctionDefinition function = find(request.functionName());
        host.defineAlias(function.name(), "1", "1");
        return PublishVersionResponse.builder().functionName(function.name()).functionArn(arn(function) + ":1")
                .version("1").runtime("java25").handler(function.handler()).role(function.role())
                .state(State.ACTIVE).build();
    }

    @Override
    public GetAliasResponse getAlias(GetAliasRequest request) {
        AliasConfiguration alias = aliases(find(request.functionName())).stream()
                .filter(found -> found.name().equals(request.name())).findFirst()
                .orElseThrow(() -> notFound("Cannot find alias arn: "
                        + arn(find(request.functionName())) + ":" + request.name()));
        return GetAliasResponse.builder().aliasArn(alias.aliasArn()).name(alias.name())
                .functionVersion(alias.functionVersion()).build();
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest request) {
        return ListAliasesResponse.builder().aliases(aliases(find(request.functionName()))).build();
    }

    @Override
    public GetFunctionEventInvokeConfigResponse getFunctionEventInvokeConfig(
            GetFunctionEventInvokeConfigRequest request) {
        FunctionDefinition function = find(qualified(request.functionName(), request.qualifier()));
        return GetFunctionEventInvokeConfigResponse.builder().functionArn(arn(function) + ":$LATEST")
                .maximumRetryAttempts(function.retries().maximumRetryAttempts())
                .maximumEventAgeInSeconds((int) function.retries().maximumEventAge().toSeconds()).build();
    }

    private CompletableFuture<InvokeResponse> respond(String function, String payload) {
        CompletableFuture<Answer> coming = new CompletableFuture<>();
        host.invoke(function, payload, coming::complete);
        return coming.thenApply(SimulatedLambda::response);
    }

    private static InvokeResponse response(Answer answer) {
        InvokeResponse.Builder response = InvokeResponse.builder().statusCode(200).executedVersion("$LATEST");
        return switch (answer) {
            case Answer.Returned returned -> response.payload(SdkBytes.fromUtf8String(returned.payload())).build();
            case Answer.Failed failed -> response.functionError("Unhandled")
                    .payload(SdkBytes.fromUtf8String(failed.payload())).build();
            case Answer.Refused refused -> throw error(refused.code(), refused.message(),
                    refused.code().equals("ResourceNotFoundException") ? 404 : 500);
        };
    }

    private static void checkPayload(String payload) {
        if (payload.length() > MOST_BYTES) {
            throw RequestTooLargeException.builder().message(payload.length()
                    + " byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)")
                    .statusCode(413).build();
        }
        try {
            JSON.readTree(payload);
        } catch (JsonProcessingException noJson) {
            throw InvalidRequestContentException.builder()
                    .message("Could not parse request body into json: " + noJson.getOriginalMessage()).statusCode(400)
                    .build();
        }
    }

    private void checkExists(String function) {
        if (!host.servesElsewhere()) {
            find(function);
        }
    }

    private FunctionDefinition find(String function) {
        return host.find(function).map(FunctionHost.Deployed::definition)
                .orElseThrow(() -> notFound("Function not found: " + host.arn(function)));
    }

    private FunctionConfiguration configuration(FunctionDefinition function) {
        return FunctionConfiguration.builder().functionName(function.name()).functionArn(arn(function))
                .runtime("java25").role(function.role()).handler(function.handler()).codeSize(0L)
                .timeout((int) function.timeout().toSeconds()).memorySize(function.memoryMegabytes())
                .version("$LATEST").environment(variables -> variables.variables(function.environment()))
                .packageType(PackageType.ZIP).state(State.ACTIVE).lastUpdateStatus(LastUpdateStatus.SUCCESSFUL)
                .loggingConfig(logging -> logging.logGroup(function.logGroup())
                        .logFormat(LogFormat.fromValue(function.logFormat().wire())))
                .build();
    }

    private List<AliasConfiguration> aliases(FunctionDefinition function) {
        return host.find(function.name()).stream().flatMap(found -> found.aliases().entrySet().stream())
                .filter(alias -> !alias.getKey().equals(alias.getValue()))
                .map(alias -> AliasConfiguration.builder().aliasArn(arn(function) + ":" + alias.getKey())
                        .name(alias.getKey()).functionVersion(alias.getValue()).build())
                .toList();
    }

    private String arn(FunctionDefinition function) {
        return account.arn("lambda", "function:" + function.name());
    }

    private static String qualified(String function, @Nullable String qualifier) {
        return qualifier == null ? function : function + ":" + qualifier;
    }

    private static ResourceNotFoundException notFound(String message) {
        return ResourceNotFoundException.builder().message(message).statusCode(404).build();
    }

    private static LambdaException error(String code, String message, int status) {
        return (LambdaException) LambdaException.builder().message(message).statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build()).build();
    }
}
