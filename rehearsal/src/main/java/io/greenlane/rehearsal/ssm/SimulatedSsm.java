package io.greenlane.rehearsal.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Timeline;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.InvalidFilterKeyException;
import software.amazon.awssdk.services.ssm.model.InvalidResourceIdException;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ParameterVersionNotFoundException;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.SsmException;
import software.amazon.awssdk.services.ssm.model.Tag;

/** The Parameter Store API of the local cloud: standard parameters with their versions, by name and by path. */
public final class SimulatedSsm implements SsmClient {
    private static final int PAGE = 10;
    private static final int MOST_BYTES = 4096;
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{.*}}", Pattern.DOTALL);

    private final Account account;
    private final Timeline timeline;
    private final Map<String, Parameter> parameters = new TreeMap<>();
    private final Map<String, Map<Long, Parameter>> versions = new TreeMap<>();
    private final Map<String, String> descriptions = new TreeMap<>();
    private final Map<String, Map<String, String>> tags = new TreeMap<>();

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
        refuseWhatIsNoStandardParameter(request);
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
        Parameter written = Parameter.builder().name(request.name()).type(type).value(request.value())
                .version(version).lastModifiedDate(timeline.now()).dataType("text")
                .arn(account.arn("ssm", "parameter" + separator + request.name())).build();
        parameters.put(request.name(), written);
        versions.computeIfAbsent(request.name(), name -> new TreeMap<>()).put(version, written);
        if (request.description() != null) {
            descriptions.put(request.name(), request.description());
        }
        tag(request.name(), request.tags());
        return PutParameterResponse.builder().version(version).tier(ParameterTier.STANDARD).build();
    }

    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
        return GetParameterResponse.builder()
                .parameter(shown(find(request.name()), Boolean.TRUE.equals(request.withDecryption()))).build();
    }

    @Override
    public GetParametersResponse getParameters(GetParametersRequest request) {
        return GetParametersResponse.builder()
                .parameters(request.names().stream().filter(parameters::containsKey).map(this::find)
                        .map(found -> shown(found, Boolean.TRUE.equals(request.withDecryption()))).toList())
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
                .map(parameter -> shown(parameter, Boolean.TRUE.equals(request.withDecryption()))).toList();
        int page = request.maxResults() == null ? PAGE : Math.min(PAGE, request.maxResults());
        return found.size() <= page
                ? GetParametersByPathResponse.builder().parameters(found).build()
                : GetParametersByPathResponse.builder().parameters(found.subList(0, page))
                        .nextToken(found.get(page - 1).name()).build();
    }

    /** Filters by name alone. */
    @Override
    public DescribeParametersResponse describeParameters(DescribeParametersRequest request) {
        return DescribeParametersResponse.builder()
                .parameters(parameters.values().stream()
                        .filter(parameter -> request.parameterFilters().stream()
                                .allMatch(filter -> matches(filter, parameter.name())))
                        .map(this::metadata).toList())
                .build();
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        tag(tagged(request.resourceId()), request.tags());
        return AddTagsToResourceResponse.builder().build();
    }

    @Override
    public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest request) {
        tags.getOrDefault(tagged(request.resourceId()), Map.of()).keySet().removeAll(request.tagKeys());
        return RemoveTagsFromResourceResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tagList(tags.getOrDefault(tagged(request.resourceId()), Map.of()).entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build()).toList())
                .build();
    }

    @Override
    public DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
        find(request.name());
        parameters.remove(request.name());
        versions.remove(request.name());
        descriptions.remove(request.name());
        tags.remove(request.name());
        return DeleteParameterResponse.builder().build();
    }

    private static boolean matches(ParameterStringFilter filter, String name) {
        if (!filter.key().equals("Name")) {
            throw InvalidFilterKeyException.builder()
                    .message("The local cloud filters parameters by Name only, not by " + filter.key()).build();
        }
        return switch (filter.option() == null ? "Equals" : filter.option()) {
            case "BeginsWith" -> filter.values().stream().anyMatch(name::startsWith);
            case "Contains" -> filter.values().stream().anyMatch(name::contains);
            default -> filter.values().contains(name);
        };
    }

    private ParameterMetadata metadata(Parameter parameter) {
        return ParameterMetadata.builder().name(parameter.name()).arn(parameter.arn()).type(parameter.type())
                .version(parameter.version()).lastModifiedDate(parameter.lastModifiedDate())
                .lastModifiedUser("arn:aws:iam::" + account.id() + ":root")
                .description(descriptions.get(parameter.name())).tier(ParameterTier.STANDARD)
                .dataType(parameter.dataType()).build();
    }

    private String tagged(@Nullable String name) {
        if (name == null || !parameters.containsKey(name)) {
            throw InvalidResourceIdException.builder().message("There is no parameter named " + name).build();
        }
        return name;
    }

    private void tag(String name, List<Tag> given) {
        Map<String, String> mine = tags.computeIfAbsent(name, tagged -> new TreeMap<>());
        given.forEach(tag -> mine.put(tag.key(), tag.value()));
    }

    private static void refuseWhatIsNoStandardParameter(PutParameterRequest request) {
        if (request.tier() != null && request.tier() != ParameterTier.STANDARD) {
            throw refused("The local cloud simulates the tier Standard, not " + request.tierAsString());
        }
        if (request.value().getBytes(UTF_8).length > MOST_BYTES) {
            throw refused("Standard tier parameters support a maximum parameter value of " + MOST_BYTES
                    + " characters. To create a larger parameter value, upgrade the parameter to use the "
                    + "advanced-parameter tier.");
        }
        if (REFERENCE.matcher(request.value()).find()) {
            throw refused("Parameter value can't nest another parameter. Do not use {{}} in your parameter value.");
        }
    }

    private static SsmException refused(String message) {
        return (SsmException) SsmException.builder().statusCode(400).awsErrorDetails(
                AwsErrorDetails.builder().errorCode("ValidationException").errorMessage(message).build()).build();
    }

    /** A SecureString is readable only for those who ask for its decryption. */
    private static Parameter shown(Parameter parameter, boolean decrypted) {
        return parameter.type() != ParameterType.SECURE_STRING || decrypted
                ? parameter
                : parameter.toBuilder()
                        .value(Base64.getEncoder().encodeToString(("encrypted " + parameter.value()).getBytes(UTF_8)))
                        .build();
    }

    /**
     * The parameter as it is, or as it was.
     *
     * @param name with or without a colon and the number of a version
     */
    private Parameter find(String name) {
        int colon = name.lastIndexOf(':');
        Parameter found = parameters.get(colon < 0 ? name : name.substring(0, colon));
        if (found == null) {
            throw ParameterNotFoundException.builder().message("Parameter " + name + " not found.").build();
        }
        if (colon < 0) {
            return found;
        }
        String selector = name.substring(colon);
        return versions.getOrDefault(found.name(), Map.of()).values().stream()
                .filter(version -> selector.equals(":" + version.version())).findFirst()
                .map(version -> version.toBuilder().selector(selector).build())
                .orElseThrow(() -> ParameterVersionNotFoundException.builder()
                        .message("Systems Manager could not find version " + selector.substring(1) + " of "
                                + found.name() + ". Verify the version and try again.")
                        .build());
    }
}
