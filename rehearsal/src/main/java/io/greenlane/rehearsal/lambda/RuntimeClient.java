package io.greenlane.rehearsal.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The program inside a function's process: Lambda's official Java runtime client where its native part runs (Linux), else
 * {@link PlainRuntime}.
 *
 * @param mainClass takes the handler as its argument
 * @param options for the JVM
 * @param classPath appended to the function's own
 */
record RuntimeClient(String mainClass, List<String> options, List<Path> classPath) {
    private static final String LIBRARY_PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /**
     * The client for this machine.
     *
     * @param directory an own, existing directory. The client would unpack its library to one fixed file of the machine,
     *     where two starting processes get in each other's way; so it is unpacked here, once
     */
    static RuntimeClient forThisMachine(Path directory) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return plain();
        }
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = directory.resolve("libaws-lambda-jni.so");
        try (InputStream packed = AWSLambda.class
                .getResourceAsStream("/jni/libaws-lambda-jni.linux" + (isMusl() ? "_musl" : "") + "-" + arch + ".so")) {
            if (packed == null) {
                return plain();
            }
            Files.copy(packed, library);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot unpack Lambda's runtime client to " + directory, failure);
        }
        return new RuntimeClient(AWSLambda.class.getName(), List.of("-D" + LIBRARY_PROPERTY + "=" + library),
                locations(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class));
    }

    /** Our own loop: the same protocol and marshalling, without native code. */
    static RuntimeClient plain() {
        return new RuntimeClient(PlainRuntime.class.getName(), List.of(),
                locations(PlainRuntime.class, Context.class, PojoSerializer.class));
    }

    private static boolean isMusl() throws IOException {
        Path lib = Path.of("/lib");
        if (!Files.isDirectory(lib)) {
            return false;
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("ld-musl-"));
        }
    }

    private static List<Path> locations(Class<?>... classes) {
        return Stream.of(classes).map(RuntimeClient::location).toList();
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(type + " has no place on the class path", impossible);
        }
    }
}
