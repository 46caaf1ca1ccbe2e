package io.greenlane.rehearsal.ssm;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** The Parameter Store API of the local cloud: parameters with versions, by name and by path. */
public final class SimulatedSsm implements SsmClient {
    private static final int PAGE = 10;

    private final Account account;
    private final Timeline timeline;
    private final Map<String, Parameter> parameters = new TreeMap<>();

    public SimulatedSsm(Account account, Timeline timeline) {
        this.account = account;
        this.timeline = timeline;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public PutParameterResponse putParameter(PutParameterRequest request) {
        Parameter before = parameters.get(request.name());
        if (before != null && !Boolean.TRUE.equals(request.overwrite())) {
            throw ParameterAlreadyExistsException.builder().message(
                    "The parameter " + request.name() + " already exists. To overwrite it, set overwrite to true.")
                    .build();
        }
        ParameterType type = request.type() != null
                ? request.type()
                : before != null ? before.type() : ParameterType.STRING;
        long version = before == null ? 1 : before.version() + 1;
        String separator = request.name().startsWith("/") ? "" : "/";
        parameters.put(request.name(), Parameter.builder().name(request.name()).type(type).value(request.value())
                .version(version).lastModifiedDate(timeline.now()).dataType("text")
                .arn(account.arn("ssm", "parameter" + separator + request.name())).build());
        return PutParameterResponse.builder().version(version).tier(ParameterTier.STANDARD).build();
    }

    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
        return GetParameterResponse.builder().parameter(find(request.name())).build();
    }

    @Override
    public GetParametersResponse getParameters(GetParametersRequest request) {
        return GetParametersResponse.builder()
                .parameters(request.names().stream().filter(parameters::containsKey).map(this::find).toList())
                .invalidParameters(request.names().stream().filter(name -> !parameters.containsKey(name)).toList())
                .build();
    }

    @Override
    public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
        String path = request.path().endsWith("/") ? request.path() : request.path() + "/";
        boolean deep = Boolean.TRUE.equals(request.recursive());
        List<Parameter> found = parameters.values().stream().filter(parameter -> parameter.name().startsWith(path))
                .filter(parameter -> deep || parameter.name().indexOf('/', path.length()) < 0)
                .filter(parameter -> request.nextToken() == null
                        || parameter.name().compareTo(request.nextToken()) > 0)
                .toList();
        int page = request.maxResults() == null ? PAGE : Math.min(PAGE, request.maxResults());
        return found.size() <= page
                ? GetParametersByPathResponse.builder().parameters(found).build()
                : GetParametersByPathResponse.builder().parameters(found.subList(0, page))
                        .nextToken(found.get(page - 1).name()).build();
    }

    @Override
    public DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
        find(request.name());
        parameters.remove(request.name());
        return DeleteParameterResponse.builder().build();
    }

    private Parameter find(String name) {
        Parameter found = parameters.get(name);
        if (found == null) {
            throw ParameterNotFoundException.builder().message("Parameter " + name + " not found.").build();
        }
        return found;
    }
}
