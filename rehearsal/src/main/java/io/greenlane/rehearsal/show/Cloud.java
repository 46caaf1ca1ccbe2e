package io.greenlane.rehearsal.show;

import io.greenlane.rehearsal.chaos.Chaos;
import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.Timeline;
import io.greenlane.rehearsal.iam.Audit;
import io.greenlane.rehearsal.iam.DecidedCall;
import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The local cloud, as far as the rehearsal has to do with it. */
interface Cloud extends AutoCloseable {
    /** The repository of the sample website. */
    String REPOSITORY = "sample-website";

    Account account();

    Timeline timeline();

    Journal journal();

    /** Where AWS clients send their calls. */
    URI endpoint();

    /** Host and port of the registry. */
    String registryAddress();

    /** To be called inside a turn of the timeline. */
    EcrClient ecr();

    /** To be called inside a turn of the timeline. */
    SfnClient states();

    /** To be called inside a turn of the timeline. */
    EcsClient ecs();

    /** To be called inside a turn of the timeline. */
    CodeDeployClient codeDeploy();

    /** What goes wrong in it. */
    Chaos chaos();

    /** What was allowed and denied so far. */
    Audit audit();

    /** Calls the reader with every call under a role from now on, inside its turn; the reader must not block. */
    void followCalls(Consumer<DecidedCall> reader);

    /**
     * Deploys the shipped templates with the sample website, and returns when production answers.
     *
     * @param tag of the image that the service begins with
     */
    Site deploy(String tag, int productionPort, int testPort) throws InterruptedException;

    @Override
    void close();

    /**
     * What has been deployed.
     *
     * @param service name of the ECS service
     * @param production where visitors go
     * @param test the same behind the test listener
     * @param stateMachineArn of the workflow
     * @param operateFunction name of the function that operators invoke
     * @param preflightFunction name of the one that looks at the whole chain
     * @param approveFunction name of the one that takes approvals
     */
    record Site(String service, URI production, URI test, String stateMachineArn, String operateFunction,
            String preflightFunction, String approveFunction) {}
}
