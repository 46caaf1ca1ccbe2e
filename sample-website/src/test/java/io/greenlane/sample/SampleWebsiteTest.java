package io.greenlane.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleWebsiteTest {
    @Test
    void the_page_shows_its_version() throws Exception {
        try (SampleWebsite website = start("v2 <b>", "good")) {
            HttpResponse<String> page = get(website, "/");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<h1>v2 &lt;b&gt;</h1>");
            assertThat(page.headers().firstValue("X-Version")).contains("v2 <b>");
            assertThat(get(website, "/version").body()).isEqualTo("{\"version\":\"v2 <b>\"}");
            assertThat(get(website, "/health").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(get(website, "/nowhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_broken_page_hides_behind_a_content_health_check() throws Exception {
        try (SampleWebsite website = start("v3", "page-500")) {
            assertThat(get(website, "/").statusCode()).isEqualTo(500);
            assertThat(get(website, "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_unhealthy_version_never_becomes_healthy() throws Exception {
        try (SampleWebsite website = start("v4", "unhealthy")) {
            assertThat(get(website, "/health").statusCode()).isEqualTo(503);
            assertThat(get(website, "/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_api_answers_json_after_its_work_is_done() throws Exception {
        try (SampleWebsite website = start("v5", "memory-growth")) {
            long begun = System.nanoTime();
            HttpResponse<String> products = get(website, "/api/products");

            assertThat(System.nanoTime() - begun).isGreaterThan(10_000_000L);
            assertThat(products.statusCode()).isEqualTo(200);
            assertThat(products.headers().firstValue("Content-Type")).contains("application/json; charset=utf-8");
            assertThat(products.body()).contains("\"products\":[{");
        }
    }

    @Test
    void settings_that_make_no_sense_are_named() {
        assertThatThrownBy(() -> Settings.from(Map.of("PORT", "eighty"))).hasMessage("PORT is a number, got 'eighty'");
        assertThatThrownBy(() -> Settings.from(Map.of("BEHAVIOUR", "bad")))
                .hasMessage("BEHAVIOUR is one of good, page-500, unhealthy, wrong-status, missing-field, null-list, "
                        + "changed-enum, changed-header, slow, slower, errors, slow-start, memory-growth, got 'bad'");
        assertThat(Settings.from(Map.of())).isEqualTo(new Settings(80, "dev", Behaviour.GOOD));
    }

    private static SampleWebsite start(String version, String behaviour) throws IOException {
        return SampleWebsite.start(Settings.from(Map.of("PORT", "0", "VERSION", version, "BEHAVIOUR", behaviour)));
    }

    private static HttpResponse<String> get(SampleWebsite website, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + website.port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
