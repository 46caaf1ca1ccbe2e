package io.greenlane.rehearsal.show;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A folder for the reports of validations, since the local cloud and its buckets end with the rehearsal. */
record SavedReports(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Keeps a report.
     *
     * @param link as the outcome has it; null for none
     * @return the page in the folder of its deployment; null when there is none, or it can not be had any more
     */
    @Nullable
    Path save(@Nullable URI link) {
        if (link == null) {
            return null;
        }
        String path = link.getPath();
        String page = path.substring(path.indexOf('/', 1) + 1);
        Path file = folder.resolve(page).normalize();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(link).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != HttpURLConnection.HTTP_OK || !file.startsWith(folder)) {
                return null;
            }
            Files.createDirectories(file.getParent());
            return Files.write(file, answer.body());
        } catch (IOException unreachable) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
