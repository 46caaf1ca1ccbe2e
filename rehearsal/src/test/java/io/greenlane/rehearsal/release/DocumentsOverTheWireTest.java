package io.greenlane.rehearsal.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.aws.Clients;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfig;
import io.greenlane.rehearsal.appconfig.SimulatedAppConfigData;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.AwsDispatcher;
import io.greenlane.rehearsal.endpoint.AwsEndpoint;
import io.greenlane.rehearsal.endpoint.CallObserver;
import io.greenlane.rehearsal.endpoint.LocalClients;
import io.greenlane.rehearsal.endpoint.ServiceBinding;
import io.greenlane.rehearsal.s3.SimulatedS3;
import io.greenlane.rehearsal.ssm.SimulatedSsm;
import io.greenlane.validation.source.Document;
import io.greenlane.validation.source.Documents;
import io.greenlane.validation.source.Documents.Lookup;
import io.greenlane.validation.source.FileDocuments;
import io.greenlane.validation.source.SourceUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.appconfig.AppConfigClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A validation file from each of its places, written and read by real clients over a socket. */
class DocumentsOverTheWireTest {
    private static final String TEXT = "version: 1\nhooks: {} # größer als 5 €\n";
    private final Set<String> denied = new HashSet<>();
    private AwsEndpoint endpoint;
    private Documents documents;
    private S3Client s3;
    private SsmClient ssm;
    private AppConfigClient appConfig;

    @TempDir
    Path folder;

    /** Where a validation file can be. */
    enum Place {
        SSM, S3, APPCONFIG, FILE
    }

    @BeforeEach
    void open() {
        VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-03-04T05:06:07Z"));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        SimulatedAppConfig configurations = new SimulatedAppConfig(timeline, random);
        endpoint = AwsEndpoint.open(0, new AwsDispatcher(timeline, List.of(
                ServiceBinding.of(new SimulatedS3(VirtualCloud.ACCOUNT, timeline, random)),
                ServiceBinding.of(new SimulatedSsm(VirtualCloud.ACCOUNT, timeline)),
                ServiceBinding.of(configurations),
                ServiceBinding.of(new SimulatedAppConfigData(configurations, random))), new Denials()));
        LocalClients clients = LocalClients.at(endpoint.address(), UrlConnectionHttpClient.create());
        s3 = clients.client(S3Client.builder());
        ssm = clients.client(SsmClient.builder());
        appConfig = clients.client(AppConfigClient.builder());
        documents = new Clients(UrlConnectionHttpClient.create(), client -> client
                .endpointOverride(endpoint.address()).region(Region.of(account().region())).credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"))))
                .documents();
        s3.createBucket(it -> it.bucket("files")
                .createBucketConfiguration(c -> c.locationConstraint(account().region())));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private static Account account() {
        return VirtualCloud.ACCOUNT;
    }

    private SourceUri uri(Place place) {
        return SourceUri.parse(switch (place) {
            case SSM -> "ssm:/greenlane/shop/validation";
            case S3 -> "s3://files/shop/validation.yaml";
            case APPCONFIG -> "appconfig:shop/production/validation";
            case FILE -> "file:" + folder.resolve("validation.yaml");
        });
    }

    private void publish(Place place, byte[] content) {
        switch (place) {
            case SSM -> ssm.putParameter(it -> it.name("/greenlane/shop/validation").type("String")
                    .value(content.length > 4096 ? packed(content) : new String(content, UTF_8)));
            case S3 -> s3.putObject(it -> it.bucket("files").key("shop/validation.yaml").contentType("text/yaml"),
                    RequestBody.fromBytes(content));
            case APPCONFIG -> HostedConfiguration.deploy(appConfig, "shop", "production", "validation", content);
            case FILE -> write(content);
        }
    }

    private void write(byte[] content) {
        try {
            Files.write(folder.resolve("validation.yaml"), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Lookup find(Place place) {
        return (place == Place.FILE ? new FileDocuments() : documents).find(uri(place));
    }

    @ParameterizedTest
    @EnumSource
    void a_file_arrives_byte_by_byte(Place place) {
        publish(place, TEXT.getBytes(UTF_8));

        assertThat(find(place)).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            assertThat(found.document().text()).isEqualTo(TEXT);
            assertThat(found.document().version()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_is_not_there_is_not_there(Place place) {
        assertThat(find(place)).isInstanceOf(Lookup.NotThere.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_is_too_large_is_not_read(Place place) {
        publish(place, "x".repeat(Document.MOST_BYTES + 1).getBytes(UTF_8));

        assertThat(find(place)).isEqualTo(new Lookup.Unreadable(uri(place).text() + " has more than 256 KiB"));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FILE")
    void a_file_that_may_not_be_read_says_which_permission_is_missing(Place place) {
        publish(place, TEXT.getBytes(UTF_8));
        denied.addAll(Set.of("GetParameter", "GetObject", "StartConfigurationSession"));

        assertThat(find(place)).isInstanceOfSatisfying(Lookup.Unreadable.class,
                refused -> assertThat(refused.sentence()).contains("AccessDenied")
                        .contains("the role of the function needs")
                        .containsAnyOf("ssm:GetParameter", "s3:GetObject", "appconfig:StartConfigurationSession"));
    }

    @Test
    void a_configuration_that_nobody_has_deployed_is_not_there() {
        appConfig.createApplication(it -> it.name("shop"));

        assertThat(find(Place.APPCONFIG)).isInstanceOf(Lookup.NotThere.class);
    }

    private static String packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Refuses some operations as AWS does where a permission is missing. */
    private final class Denials implements CallObserver {
        @Override
        public void arrives(Call call) {
            if (denied.contains(call.operation())) {
                throw AwsServiceException.builder().statusCode(403).awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(call.operation().equals("GetObject") ? "AccessDenied" : "AccessDeniedException")
                        .errorMessage("not authorized to perform " + call.operation()).build()).build();
            }
        }
    }
}
