package io.greenlane.rehearsal.container;

import io.greenlane.rehearsal.ecs.TaskRunner.ContainerLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container whose image is unpacked, ready to start processes in it. */
final class PreparedContainer {
    private final ContainerLaunch launch;
    private final PulledImage image;
    private final RootFileSystem root;
    private final CommandLine commandLine;
    private final Isolation isolation;
    private final Map<Integer, Integer> hostPorts;

    /** @param directory of this container alone */
    PreparedContainer(ContainerLaunch launch, PulledImage image, Path directory, Isolation isolation,
            Map<Integer, Integer> hostPorts) throws IOException {
        this.launch = launch;
        this.image = image;
        this.isolation = isolation;
        this.hostPorts = Map.copyOf(hostPorts);
        this.root = new RootFileSystem(directory.resolve("root"));
        this.commandLine = new CommandLine(root, directory);
        new Layers(root).unpack(image.layers());
    }

    ContainerLaunch launch() {
        return launch;
    }

    /** The process of the container's command. */
    ProcessBuilder main() throws IOException, ContainerFault {
        List<String> command = new ArrayList<>();
        if (launch.entryPoint().isEmpty()) {
            command.addAll(image.config().entrypoint());
            command.addAll(launch.command().isEmpty() ? image.config().command() : launch.command());
        } else { // the image's command belongs to the image's entry point
            command.addAll(launch.entryPoint());
            command.addAll(launch.command());
        }
        if (command.isEmpty()) {
            throw ContainerFault.cannotStart("no command specified");
        }
        return process(command, false);
    }

    /** A process inside the container that checks its health: the words after CMD or CMD-SHELL. */
    ProcessBuilder check(List<String> words) throws IOException, ContainerFault {
        boolean shell = words.getFirst().equals("CMD-SHELL");
        return process(shell ? List.of("/bin/sh", "-c", words.get(1)) : words.subList(1, words.size()), shell);
    }

    private ProcessBuilder process(List<String> command, boolean hostShell) throws IOException, ContainerFault {
        Map<String, String> environment = environment();
        String workingDirectory = launch.workingDirectory().orElse(image.config().workingDirectory().isEmpty()
                ? "/"
                : image.config().workingDirectory());
        Path directory = root.existing(workingDirectory).orElse(root.locate(workingDirectory));
        Files.createDirectories(directory);
        boolean ownRoot = isolation.ownRoot() && commandLine.inImage(command.getFirst(), environment.getOrDefault(
                "PATH", "/usr/bin:/bin")).isPresent();
        List<String> line = new ArrayList<>(isolation.lifeline());
        ProcessBuilder process = new ProcessBuilder();
        process.environment().clear();
        if (ownRoot) {
            line.addAll(Isolation.inOwnRoot(root.root(), workingDirectory, command));
            process.environment().putAll(environment);
        } else {
            line.addAll(hostShell ? command : commandLine.rewritten(command, environment));
            process.environment().putAll(commandLine.environment(environment));
        }
        process.environment().putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        return process.command(line).directory(directory.toFile()).redirectErrorStream(true);
    }

    /** The image's variables, those of the task definition, and PORT: where to listen instead of at the container port. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(image.config().environment());
        environment.putAll(launch.environment());
        hostPorts.forEach((containerPort, hostPort) -> environment.put("PORT_" + containerPort, Integer.toString(
                hostPort)));
        if (!launch.ports().isEmpty()) {
            environment.put("PORT", Integer.toString(hostPorts.getOrDefault(launch.ports().getFirst(), launch.ports()
                    .getFirst())));
        }
        return environment;
    }
}
