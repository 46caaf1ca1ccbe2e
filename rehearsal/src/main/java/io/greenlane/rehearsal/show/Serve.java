package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.LocalCloud;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.container.FreePort;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./rehearse serve}: the local cloud for other tools, until it is interrupted. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Rehearse.Version.class, sortOptions = false, description = {
        "Keeps the local cloud running with the templates deployed, and prints its addresses and the environment for "
                + "other tools: AWS CLI, SDKs, Terraform, docker, skopeo.",
        "Ctrl-C ends it; its state ends with it.%n"}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "130:it was ended with Ctrl-C", "143:it was ended with kill",
                "2:it could not run: wrong options, a taken port"})
final class Serve implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "4566", description = "AWS endpoint (default: ${DEFAULT-VALUE}; 0: any free port).")
    private int port;

    @Option(names = "--registry-port", paramLabel = "PORT", defaultValue = "5001", description = "Registry (default: ${DEFAULT-VALUE}; 0: any free port).")
    private int registryPort;

    @Option(names = "--production-port", paramLabel = "PORT", defaultValue = "8080", description = "Production listener of the sample website (default: ${DEFAULT-VALUE}; 0: any free port).")
    private int productionPort;

    @Option(names = "--test-port", paramLabel = "PORT", defaultValue = "8081", description = "Its test listener (default: ${DEFAULT-VALUE}; 0: any free port).")
    private int testPort;

    @Option(names = "--account", paramLabel = "ID", defaultValue = Rehearse.DEFAULT_ACCOUNT, description = "Account to play (default: ${DEFAULT-VALUE}).")
    private String account = Rehearse.DEFAULT_ACCOUNT;

    @Option(names = "--region", paramLabel = "REGION", defaultValue = Rehearse.DEFAULT_REGION, description = "Region to play (default: ${DEFAULT-VALUE}).")
    private String region = Rehearse.DEFAULT_REGION;

    @Option(names = "--time-factor", paramLabel = "N", defaultValue = ""
            + Rehearse.DEFAULT_FACTOR, description = "Waits take one N-th of their time on AWS (default: ${DEFAULT-VALUE}).")
    private int timeFactor;

    @Option(names = "--bare", description = "Deploy nothing.")
    private boolean bare;

    @Option(names = "--lambda-endpoint", paramLabel = "URL", description = "Invoke functions that this cloud does not know here, with the Lambda Invoke API.")
    private @Nullable URI lambdaEndpoint;

    @Option(names = "--calls", paramLabel = "FILE", description = CallFile.DESCRIPTION)
    private @Nullable Path calls;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        requirePorts();
        Rehearse.requireFolder(calls, "--calls");
        LocalCloud.Settings settings = new LocalCloud.Settings(new Account(account, region), port, registryPort,
                timeFactor, lambdaEndpoint, Rehearse.archives());
        CallFile callFile = calls == null ? null : CallFile.open(calls);
        Cloud cloud = LocalStage.start(settings, Rehearse.home());
        if (callFile != null) {
            callFile.follow(cloud);
        }
        Cloud.@Nullable Site site = bare ? null : deploy(cloud);
        out.print(ServeNotice.of(cloud, site, timeFactor));
        out.flush();
        new CountDownLatch(1).await(); // until Ctrl-C, at which the cloud ends itself
        return Rehearse.AS_EXPECTED;
    }

    private Cloud.Site deploy(Cloud cloud) throws IOException, InterruptedException {
        FirstImage.push(cloud, Rehearse.cache());
        return cloud.deploy(Act.FIRST, productionPort == 0 ? FreePort.find() : productionPort,
                testPort == 0 ? FreePort.find() : testPort);
    }

    private void requirePorts() throws IOException {
        FreePort.require(port, "the AWS endpoint", "--port");
        FreePort.require(registryPort, "the registry", "--registry-port");
        if (!bare) {
            FreePort.require(productionPort, "the production listener", "--production-port");
            FreePort.require(testPort, "the test listener", "--test-port");
        }
    }
}
