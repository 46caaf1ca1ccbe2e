package io.greenlane.aws;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageReference;
import io.greenlane.image.Repositories;
import io.greenlane.image.Repository;
import io.greenlane.service.DeploymentGroup;
import io.greenlane.service.ServiceNotDeployableException;
import io.greenlane.service.ServiceReference;
import io.greenlane.service.ServiceTopology;
import io.greenlane.service.Survey;
import io.greenlane.service.Survey.Aspect;
import io.greenlane.service.Survey.Found;
import io.greenlane.service.Survey.Problem;
import io.greenlane.service.TaskSet;
import io.greenlane.service.Topologies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Finds everything about a service from its CodeDeploy application, deployment group and repository alone. */
public final class ServiceDiscovery implements Topologies {
    private final CodeDeployGroups groups;
    private final EcsServices services;
    private final EcsClient ecs;
    private final ElasticLoadBalancingV2Client loadBalancing;
    private final Repositories repositories;

    public ServiceDiscovery(CodeDeployClient codeDeploy, EcsClient ecs, ElasticLoadBalancingV2Client loadBalancing,
            EcrClient ecr) {
        this.groups = new CodeDeployGroups(codeDeploy);
        this.services = new EcsServices(ecs);
        this.ecs = ecs;
        this.loadBalancing = loadBalancing;
        this.repositories = new EcrRepositories(ecr);
    }

    @Override
    public ServiceTopology discover(ServiceReference reference) {
        return survey(reference, failure -> {
            throw failure;
        }).deployable();
    }

    /**
     * The same, with everything that is wrong as a value, and what could be looked at.
     *
     * @param unanswered says in a sentence that AWS did not answer, or throws
     */
    public Survey survey(ServiceReference reference, Function<SdkException, String> unanswered) {
        Look look = new Look(unanswered);
        Optional<Repository> repository = look.at(Aspect.REPOSITORY, () -> repository(reference));
        Optional<DeploymentGroup> group = look.at(Aspect.GROUP, () -> groups.find(reference));
        Optional<EcsServices.Running> running = group
                .flatMap(found -> look.at(Aspect.SERVICE, () -> services.find(found)));
        Optional<LoadBalancing> balancing = group
                .flatMap(found -> look.at(Aspect.TRAFFIC, () -> LoadBalancing.find(loadBalancing, found)));
        Optional<List<ContainerDefinition>> containers = running.flatMap(service -> repository.flatMap(images -> look
                .at(Aspect.IMAGE, () -> containers(service.primary().taskDefinition(), images))));
        return look.survey(
                new Found(group.map(DeploymentGroup::service).orElse(null),
                        running.map(service -> service.primary().taskDefinition()).orElse(null),
                        balancing.map(LoadBalancing::testAddress).orElse(null)),
                containers.flatMap(ours -> balancing.flatMap(found -> look.at(Aspect.TRAFFIC, () -> topology(reference,
                        group.orElseThrow(), running.orElseThrow(), found, pinned(ours))))));
    }

    private static ServiceTopology topology(ServiceReference reference, DeploymentGroup group,
            EcsServices.Running running, LoadBalancing balancing, @Nullable Digest digest) {
        ServiceReference found = new ServiceReference(reference.repository(), reference.application(),
                reference.deploymentGroup(), group.cluster(), group.service(), reference.group());
        LoadBalancer mapping = running.mapping();
        String targetGroup = mapping.targetGroupArn() == null ? balancing.serving().arn() : mapping.targetGroupArn();
        if (balancing.targetGroups().stream().noneMatch(one -> one.arn().equals(targetGroup))) {
            throw new ServiceNotDeployableException("ECS service " + group.cluster() + "/" + group.service()
                    + " runs in target group " + targetGroup + ", which deployment group " + reference.key()
                    + " does not name");
        }
        return new ServiceTopology(found, running.service().desiredCount(), taskSet(running.primary(), targetGroup),
                balancing.targetGroups(), group.productionListener(), group.testListener(), balancing.testAddress(),
                mapping.containerName(), mapping.containerPort(), digest);
    }

    private Repository repository(ServiceReference reference) {
        return repositories.find(reference.repository()).orElseThrow(() -> new ServiceNotDeployableException(
                "ECR repository '" + reference.repository() + "' does not exist"));
    }

    private List<ContainerDefinition> containers(String taskDefinition, Repository repository) {
        List<ContainerDefinition> all = ecs.describeTaskDefinition(call -> call.taskDefinition(taskDefinition))
                .taskDefinition().containerDefinitions();
        List<ContainerDefinition> ours = all.stream().filter(container -> repository.holds(container.image())).toList();
        if (ours.isEmpty()) {
            throw new ServiceNotDeployableException("No container of the running task definition "
                    + taskDefinition.substring(taskDefinition.lastIndexOf('/') + 1) + " runs an image of "
                    + repository.uri() + ": " + all.stream().map(it -> it.name() + " runs '" + it.image() + "'")
                            .collect(Collectors.joining(", ")));
        }
        return ours;
    }

    private static @Nullable Digest pinned(List<ContainerDefinition> containers) {
        Set<@Nullable Digest> digests = containers.stream()
                .flatMap(container -> ImageReference.parse(container.image()).stream()).map(ImageReference::digest)
                .collect(Collectors.toSet());
        return digests.size() == 1 ? digests.iterator().next() : null;
    }

    private static TaskSet taskSet(software.amazon.awssdk.services.ecs.model.TaskSet primary, String targetGroup) {
        return new TaskSet(primary.id(), primary.taskDefinition(), targetGroup, primary.platformVersion(),
                network(primary.networkConfiguration()),
                primary.capacityProviderStrategy().stream()
                        .map(item -> new TaskSet.CapacityProvider(item.capacityProvider(),
                                Objects.requireNonNullElse(item.base(), 0),
                                Objects.requireNonNullElse(item.weight(), 0)))
                        .toList());
    }

    private static TaskSet.@Nullable Network network(@Nullable NetworkConfiguration configuration) {
        return Stream.ofNullable(configuration).flatMap(it -> Stream.ofNullable(it.awsvpcConfiguration()))
                .map(awsvpc -> new TaskSet.Network(awsvpc.subnets(), awsvpc.securityGroups(),
                        Objects.requireNonNullElse(awsvpc.assignPublicIpAsString(), "DISABLED")))
                .findFirst().orElse(null);
    }

    /** Everything that was looked at, and found wrong, on the way. */
    private static final class Look {
        private final List<Problem> problems = new ArrayList<>();
        private final Map<Aspect, String> unanswered = new EnumMap<>(Aspect.class);
        private final Set<Aspect> seen = EnumSet.noneOf(Aspect.class);
        private final Function<SdkException, String> sentence;

        Look(Function<SdkException, String> sentence) {
            this.sentence = sentence;
        }

        <T> Optional<T> at(Aspect aspect, Supplier<T> look) {
            seen.add(aspect);
            try {
                return Optional.of(look.get());
            } catch (ServiceNotDeployableException e) {
                problems.add(new Problem(aspect, String.valueOf(e.getMessage())));
                return Optional.empty();
            } catch (SdkException e) {
                unanswered.put(aspect, sentence.apply(e));
                return Optional.empty();
            }
        }

        Survey survey(Found found, Optional<ServiceTopology> topology) {
            return new Survey(problems, unanswered, seen, found, topology.orElse(null));
        }
    }
}
