package io.greenlane.gate;

import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.image.Platforms;
import io.greenlane.taskdefinition.CpuArchitecture;
import io.greenlane.validation.Alarms.Alarm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gates are judged by, asked when a gate wants to know it. */
public interface Facts {
    /**
     * Alarms as they are now.
     *
     * @param ofDeploymentGroup whether to add those that CodeDeploy watches for the deployment group
     * @param names of others
     */
    List<Alarm> alarms(Candidate candidate, boolean ofDeploymentGroup, List<String> names);

    /** What production of the service runs now. */
    Production production(Candidate candidate);

    /** The processor that production's task definition asks for; null when it leaves that to the instances. */
    @Nullable
    CpuArchitecture task(Candidate candidate);

    /**
     * What the image is built for.
     *
     * @throws io.greenlane.image.ImageGoneException when it is no longer there
     */
    Platforms image(Candidate candidate);

    /**
     * How the scans of the image are, or of the images of an index.
     *
     * @throws io.greenlane.image.ImageGoneException when it is no longer there
     */
    List<ScannedImage> scans(Candidate candidate);

    /**
     * The signatures of the image, or of the index itself, that ECR makes.
     *
     * @throws io.greenlane.image.ImageGoneException when it is no longer there
     */
    List<SigningStatus> signatures(Candidate candidate);

    /**
     * What lies beside the image, or beside the index itself, as cosign lays signatures, whoever made it.
     *
     * @throws io.greenlane.image.ImageGoneException when its repository is no longer there
     */
    List<CosignSignature> cosignSignatures(Candidate candidate);
}
