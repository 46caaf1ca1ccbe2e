package io.greenlane.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.deployment.AppSpecContent;
import io.greenlane.deployment.Deployment;
import io.greenlane.deployment.DeploymentStatus;
import io.greenlane.deployment.Deployments.Created;
import io.greenlane.deployment.Deployments.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.CodeDeployException;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.InvalidRoleException;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.paginators.ListDeploymentsIterable;

class CodeDeployDeploymentsTest {
    private static final Order ORDER = new Order("shop", "shop-api", "Greenlane release", new AppSpecContent("{}"));

    private Supplier<CreateDeploymentResponse> answer = () -> CreateDeploymentResponse.builder()
            .deploymentId("d-AB12CD34E").build();
    private final List<CreateDeploymentRequest> created = new ArrayList<>();
    private final List<DeploymentInfo> infos = new ArrayList<>();
    private final CodeDeployClient codeDeploy = new FakeCodeDeploy();
    private final CodeDeployDeployments deployments = new CodeDeployDeployments(codeDeploy, codeDeploy);

    private static CodeDeployException error(String code, int status) {
        return (CodeDeployException) CodeDeployException.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("Said so.").build()).build();
    }

    static Stream<Arguments> errors() {
        String active = "The Deployment Group 'shop-api' already has an active Deployment 'd-AB12CD34E'";
        AwsErrorDetails details = AwsErrorDetails.builder().errorCode("DeploymentLimitExceededException")
                .errorMessage(active).build();
        return Stream.of(
                Arguments.of(DeploymentLimitExceededException.builder().statusCode(400).awsErrorDetails(details)
                        .build(), new Created.Busy("d-AB12CD34E", "DeploymentLimitExceededException: " + active)),
                Arguments.of(error("ThrottlingException", 400),
                        new Created.Busy(null, "ThrottlingException: Said so.")),
                Arguments.of(error("AccessDeniedException", 400),
                        new Created.Refused("AccessDeniedException: Said so.")),
                Arguments.of(InvalidRoleException.builder().statusCode(400).message("no role").build(),
                        new Created.Refused("no role (Service: null, Status Code: 400, Request ID: null)")),
                Arguments.of(error("InternalFailure", 500), new Created.Unknown("InternalFailure: Said so.")),
                Arguments.of(ApiCallTimeoutException.create(20_000), new Created.Unknown("any")),
                Arguments.of(SdkClientException.create("Connection reset"), new Created.Unknown("Connection reset")));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void every_error_of_create_says_whether_a_deployment_may_exist(RuntimeException error, Created expected) {
        answer = () -> {
            throw error;
        };
        Created got = deployments.create(ORDER);
        assertThat(got).isInstanceOf(expected.getClass());
        if (!(error instanceof ApiCallTimeoutException) && !(error instanceof InvalidRoleException)) {
            assertThat(got).isEqualTo(expected);
        }
    }

    @Test
    void a_deployment_is_ordered_with_its_sha256_and_automatic_rollback() {
        assertThat(deployments.create(ORDER)).isEqualTo(new Created.Done("d-AB12CD34E"));
        assertThat(created).singleElement().satisfies(request -> {
            assertThat(request.revision().appSpecContent().content()).isEqualTo("{}");
            assertThat(request.revision().appSpecContent().sha256())
                    .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
            assertThat(request.autoRollbackConfiguration().enabled()).isTrue();
            assertThat(request.autoRollbackConfiguration().events()).hasSize(3);
        });
    }

    @Test
    void lists_are_read_in_batches_and_put_in_order_of_creation() {
        IntStream.range(0, 60).forEach(i -> infos.add(DeploymentInfo.builder().deploymentId("d-" + i)
                .applicationName("shop").deploymentGroupName("shop-api").status("Succeeded").creator("user")
                .createTime(Instant.ofEpochSecond(1000 - i)).build()));
        List<Deployment> found = deployments.since("shop", "shop-api", Instant.EPOCH);
        assertThat(found).hasSize(60).extracting(Deployment::id).startsWith("d-59", "d-58");
    }

    @Test
    void an_unknown_deployment_is_null() {
        assertThat(deployments.find("d-NOTHING")).isNull();
    }

    @ParameterizedTest
    @EnumSource(software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.class)
    void every_status_of_the_sdk_is_known(software.amazon.awssdk.services.codedeploy.model.DeploymentStatus status) {
        infos.add(DeploymentInfo.builder().deploymentId("d-1").applicationName("a").deploymentGroupName("g")
                .status(status).createTime(Instant.EPOCH).build());
        boolean unknown = status == software.amazon.awssdk.services.codedeploy.model.DeploymentStatus.UNKNOWN_TO_SDK_VERSION;
        assertThat(Objects.requireNonNull(deployments.find("d-1")).status() == DeploymentStatus.UNKNOWN)
                .isEqualTo(unknown);
    }

    private final class FakeCodeDeploy implements CodeDeployClient {
        @Override
        public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
            created.add(request);
            return answer.get();
        }

        @Override
        public GetDeploymentResponse getDeployment(GetDeploymentRequest request) {
            return infos.stream().filter(info -> info.deploymentId().equals(request.deploymentId())).findFirst()
                    .map(info -> GetDeploymentResponse.builder().deploymentInfo(info).build())
                    .orElseThrow(() -> DeploymentDoesNotExistException.builder().build());
        }

        @Override
        public ListDeploymentsResponse listDeployments(ListDeploymentsRequest request) {
            return ListDeploymentsResponse.builder()
                    .deployments(infos.stream().map(DeploymentInfo::deploymentId).toList()).build();
        }

        @Override
        public ListDeploymentsIterable listDeploymentsPaginator(ListDeploymentsRequest request) {
            return new ListDeploymentsIterable(this, request);
        }

        @Override
        public BatchGetDeploymentsResponse batchGetDeployments(BatchGetDeploymentsRequest request) {
            assertThat(request.deploymentIds()).hasSizeLessThanOrEqualTo(25);
            return BatchGetDeploymentsResponse.builder().deploymentsInfo(
                    infos.stream().filter(info -> request.deploymentIds().contains(info.deploymentId())).toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "codedeploy";
        }

        @Override
        public void close() {}
    }
}
