package io.greenlane.rehearsal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.greenlane.rehearsal.release.SampleSite;
import io.greenlane.rehearsal.simulation.Saboteur.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The product without some of its guards, in this JVM, for a while: the sources are compiled anew with the edits. */
final class Sabotage {
    private static final Instrumentation JVM = ByteBuddyAgent.install();
    /** As in the pom: what is compiled otherwise differs in more than the guard. */
    private static final String RELEASE = "21";

    private final List<ClassDefinition> intact = new ArrayList<>();

    private Sabotage() {}

    /** Works without those guards. */
    static <T> T without(List<Edit> guards, Supplier<T> work) {
        Map<String, String> sources = new HashMap<>();
        for (Edit edit : guards) {
            sources.compute(edit.file(), (file, text) -> edited(text == null ? source(file) : text, edit));
        }
        Sabotage sabotage = new Sabotage();
        try {
            sources.forEach((file, text) -> sabotage.redefine(compiled(file, text)));
            return work.get();
        } finally {
            redefine(sabotage.intact);
        }
    }

    private static String source(String file) {
        try {
            return Files.readString(SampleSite.root().resolve("functions/src/main/java/io/greenlane").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String edited(String text, Edit edit) {
        int at = text.indexOf(edit.guard());
        if (at < 0 || text.indexOf(edit.guard(), at + 1) >= 0) {
            throw new IllegalArgumentException("'" + edit.guard() + "' is not there exactly once in " + edit.file()
                    + ": write down how the guard looks now");
        }
        return text.replace(edit.guard(), edit.instead());
    }

    private static Map<String, byte[]> compiled(String file, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, byte[]> classes = new HashMap<>();
        StringWriter complaints = new StringWriter();
        try (InMemory files = new InMemory(compiler.getStandardFileManager(null, null, UTF_8), classes)) {
            boolean good = compiler.getTask(complaints, files, null,
                    List.of("--release", RELEASE, "-g", "-parameters", "-proc:none", "-nowarn", "-classpath",
                            System.getProperty("java.class.path")),
                    null,
                    List.of(new Source(file, text))).call();
            if (!good) {
                throw new IllegalArgumentException("The edited " + file + " does not compile: " + complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private void redefine(Map<String, byte[]> classes) {
        List<ClassDefinition> edited = new ArrayList<>();
        classes.forEach((name, bytes) -> {
            try {
                Class<?> loaded = Class.forName(name);
                byte[] before = bytes(loaded);
                intact.add(new ClassDefinition(loaded, before));
                edited.add(new ClassDefinition(loaded, withMethodsOf(before, bytes)));
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException("The edit adds the class " + name, e);
            }
        });
        redefine(edited);
    }

    private static byte[] bytes(Class<?> loaded) {
        String name = loaded.getName().replace('.', '/') + ".class";
        try (InputStream file = Objects.requireNonNull(loaded.getClassLoader().getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Constants stay where they are: the JVM takes annotations of a record that name others for another record. */
    private static byte[] withMethodsOf(byte[] before, byte[] edited) {
        ClassReader intact = new ClassReader(before);
        ClassWriter both = new ClassWriter(intact, 0);
        intact.accept(new ClassVisitor(Opcodes.ASM9, both) {
            @Override
            public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
                    @Nullable String signature, String @Nullable [] exceptions) {
                return null;
            }

            @Override
            public void visitEnd() {
                // The methods are to come.
            }
        }, 0);
        new ClassReader(edited).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
                    String @Nullable [] exceptions) {
                return both.visitMethod(access, name, descriptor, signature, exceptions);
            }
        }, 0);
        return both.toByteArray();
    }

    private static void redefine(List<ClassDefinition> definitions) {
        try {
            JVM.redefineClasses(definitions.toArray(ClassDefinition[]::new));
        } catch (ClassNotFoundException | UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///io/greenlane/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, byte[]> classes;

        InMemory(JavaFileManager files, Map<String, byte[]> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
