package io.greenlane.rehearsal.show;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.greenlane.sample.Behaviour;
import io.greenlane.sample.SampleWebsite;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A version of the sample website as an OCI image, built without a container engine.
 *
 * @param version what the page shows
 */
public record SampleImage(String version, Behaviour behaviour) {
    private static final AbsoluteUnixPath CLASSES = AbsoluteUnixPath.get("/app/classes");
    private static final AbsoluteUnixPath JAR = AbsoluteUnixPath.get("/app/sample-website.jar");
    private static final int PORT = 80;

    /**
     * Builds the image and pushes it as a real client does.
     *
     * @param cache a folder for jib's layer cache, which makes the next push fast
     * @return the digest of its manifest
     */
    public String push(RegistryLogin login, String repository, String tag, Path cache)
            throws IOException, InterruptedException {
        // jib keeps credentials back on plain HTTP unless told so; this registry is on the loopback address.
        System.setProperty("sendCredentialsOverHttp", "true");
        try {
            RegistryImage target = RegistryImage.named(login.address() + "/" + repository + ":" + tag)
                    .addCredential(login.user(), login.password());
            return build().containerize(Containerizer.to(target).setAllowInsecureRegistries(true)
                    .setBaseImageLayersCache(cache).setApplicationLayersCache(cache).setToolName("greenlane-rehearsal"))
                    .getDigest().toString();
        } catch (ExecutionException failed) {
            throw new IOException("Pushing " + repository + ":" + tag + " to " + login.address() + " failed: "
                    + failed.getCause(), failed);
        } catch (com.google.cloud.tools.jib.api.RegistryException
                | com.google.cloud.tools.jib.api.CacheDirectoryCreationException
                | com.google.cloud.tools.jib.api.InvalidImageReferenceException refused) {
            throw new IOException("Pushing " + repository + ":" + tag + " to " + login.address() + " failed", refused);
        }
    }

    /** What the container's process finds in its environment. */
    Map<String, String> environment() {
        return Map.of("VERSION", version, "BEHAVIOUR", behaviour.word());
    }

    private JibContainerBuilder build() throws IOException {
        Path classes = classes();
        boolean folder = Files.isDirectory(classes);
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("classes");
        if (folder) {
            layer.addEntryRecursive(classes, CLASSES);
        } else {
            layer.addEntry(classes, JAR);
        }
        return Jib.fromScratch().setFormat(ImageFormat.OCI).addFileEntriesLayer(layer.build())
                .setEntrypoint("java", "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                        (folder ? CLASSES : JAR).toString(), SampleWebsite.class.getName())
                .setEnvironment(environment()).setWorkingDirectory(AbsoluteUnixPath.get("/app"))
                .setExposedPorts(Port.tcp(PORT)).setLabels(Map.of("org.opencontainers.image.version", version))
                .setProgramArguments(List.of());
    }

    private static Path classes() {
        try {
            return Path.of(SampleWebsite.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("The place of the sample website is no path", impossible);
        }
    }
}
