package io.greenlane.aws;

import io.greenlane.gate.Candidate;
import io.greenlane.gate.Facts;
import io.greenlane.gate.Production;
import io.greenlane.gate.ScannedImage;
import io.greenlane.gate.SigningStatus;
import io.greenlane.gate.cosign.CosignSignature;
import io.greenlane.image.ImageReference;
import io.greenlane.image.Platforms;
import io.greenlane.service.ServiceReference;
import io.greenlane.taskdefinition.CpuArchitecture;
import io.greenlane.validation.Alarms;
import io.greenlane.validation.Alarms.Alarm;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Asks AWS what gates want to know. */
public final class GateFacts implements Facts {
    private final CodeDeployGroups groups;
    private final EcsRunningTaskDefinitions production;
    private final EcsClient ecs;
    private final ImagePlatforms images;
    private final ImageScans scans;
    private final ImageSignatures signatures;
    private final CosignSignatures cosign;
    private final Alarms alarms;

    GateFacts(CodeDeployClient codeDeploy, EcsClient ecs, EcrClient ecr, Alarms alarms, SdkHttpClient http) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.production = new EcsRunningTaskDefinitions(codeDeploy, ecs);
        this.ecs = ecs;
        LayerContents contents = new LayerContents(ecr, http);
        this.images = new ImagePlatforms(ecr, contents);
        this.scans = new ImageScans(ecr);
        this.signatures = new ImageSignatures(ecr);
        this.cosign = new CosignSignatures(ecr, contents);
        this.alarms = alarms;
    }

    @Override
    public List<Alarm> alarms(Candidate candidate, boolean ofDeploymentGroup, List<String> names) {
        ServiceReference service = candidate.service();
        List<String> all = Stream.concat(ofDeploymentGroup ? groups.alarms(service).stream() : Stream.of(),
                names.stream()).distinct().toList();
        return all.isEmpty() ? List.of() : alarms.now(all);
    }

    @Override
    public Production production(Candidate candidate) {
        TaskDefinition running = running(candidate);
        return new Production(running.family() + ":" + running.revision(), running.containerDefinitions().stream()
                .map(ContainerDefinition::image).filter(image -> ImageReference.parse(image)
                        .filter(named -> named.path().equals(candidate.repository().text())).isPresent())
                .toList());
    }

    @Override
    public @Nullable CpuArchitecture task(Candidate candidate) {
        return architecture(running(candidate));
    }

    private TaskDefinition running(Candidate candidate) {
        String revision = production.of(candidate.service());
        return ecs.describeTaskDefinition(call -> call.taskDefinition(revision)).taskDefinition();
    }

    /** Fargate runs what names none on x86 (ECS API, RuntimePlatform); elsewhere the instances decide. */
    private static @Nullable CpuArchitecture architecture(TaskDefinition definition) {
        if (definition.runtimePlatform() == null || definition.runtimePlatform().cpuArchitecture() == null) {
            return definition.requiresCompatibilities().contains(Compatibility.FARGATE)
                    ? CpuArchitecture.X86_64
                    : null;
        }
        return switch (definition.runtimePlatform().cpuArchitecture()) {
            case X86_64 -> CpuArchitecture.X86_64;
            case ARM64 -> CpuArchitecture.ARM64;
            case UNKNOWN_TO_SDK_VERSION -> null;
        };
    }

    @Override
    public Platforms image(Candidate candidate) {
        return images.of(candidate.repository(), candidate.digest());
    }

    @Override
    public List<ScannedImage> scans(Candidate candidate) {
        return scans.of(candidate.repository(), candidate.digest());
    }

    @Override
    public List<SigningStatus> signatures(Candidate candidate) {
        return signatures.of(candidate.repository(), candidate.digest());
    }

    @Override
    public List<CosignSignature> cosignSignatures(Candidate candidate) {
        return cosign.of(candidate.repository(), candidate.digest());
    }
}
