package io.greenlane.rehearsal.ecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterContainsServicesException;
import software.amazon.awssdk.services.ecs.model.ClusterContainsTasksException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;

/** Clusters and the services in them. */
final class Clusters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private final Map<String, ClusterState> clusters = new LinkedHashMap<>();
    private final Names names;
    private final Tags tags;
    private final TaskRegister tasks;

    Clusters(Names names, Tags tags, TaskRegister tasks) {
        this.names = names;
        this.tags = tags;
        this.tasks = tasks;
    }

    /** A cluster. */
    static final class ClusterState {
        private final Cluster described;
        final Map<String, ServiceState> services = new LinkedHashMap<>();

        private ClusterState(Cluster described) {
            this.described = described;
        }

        String arn() {
            return described.clusterArn();
        }

        String name() {
            return described.clusterName();
        }

        private List<ServiceState> live() {
            return services.values().stream().filter(service -> !service.described.status().equals("INACTIVE"))
                    .toList();
        }
    }

    CreateClusterResponse create(CreateClusterRequest request) {
        String name = request.clusterName() == null ? "default" : request.clusterName();
        if (!NAME.matcher(name).matches()) {
            throw Faults.invalidParameter("Cluster name '" + name
                    + "' must have 1 to 255 letters, digits, hyphens and underscores");
        }
        ClusterState cluster = clusters.computeIfAbsent(name, key -> new ClusterState(Cluster.builder().clusterName(key)
                .clusterArn(names.arn("cluster/" + key)).status("ACTIVE").settings(request.settings())
                .capacityProviders(request.capacityProviders()).defaultCapacityProviderStrategy(request
                        .defaultCapacityProviderStrategy())
                .build()));
        tags.put(cluster.arn(), request.tags());
        return CreateClusterResponse.builder().cluster(shown(cluster, true)).build();
    }

    DescribeClustersResponse describe(DescribeClustersRequest request) {
        List<Cluster> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        boolean withTags = request.includeAsStrings().contains("TAGS");
        for (String asked : request.hasClusters() ? request.clusters() : List.of("default")) {
            lookUp(asked).ifPresentOrElse(cluster -> found.add(shown(cluster, withTags)), () -> failures.add(Failure
                    .builder().arn(asked.startsWith("arn:") ? asked : names.arn("cluster/" + asked)).reason("MISSING")
                    .build()));
        }
        return DescribeClustersResponse.builder().clusters(found).failures(failures).build();
    }

    ListClustersResponse list(ListClustersRequest request) {
        Page<String> page = Page.of(clusters.values().stream().map(ClusterState::arn).toList(), request.nextToken(),
                request.maxResults());
        return ListClustersResponse.builder().clusterArns(page.items()).nextToken(page.nextToken()).build();
    }

    DeleteClusterResponse delete(DeleteClusterRequest request) {
        ClusterState cluster = get(request.cluster());
        if (!cluster.live().isEmpty()) {
            throw Faults.of(ClusterContainsServicesException.builder(), "ClusterContainsServicesException",
                    "The Cluster cannot be deleted while Services are active: " + cluster.live().getFirst().name());
        }
        if (running(cluster) > 0) {
            throw Faults.of(ClusterContainsTasksException.builder(), "ClusterContainsTasksException",
                    "The Cluster cannot be deleted while Tasks are active.");
        }
        clusters.remove(cluster.name());
        return DeleteClusterResponse.builder().cluster(shown(cluster, false).toBuilder().status("INACTIVE").build())
                .build();
    }

    /** The cluster of a request; without a name the one called default. */
    ClusterState get(@Nullable String nameOrArn) {
        return lookUp(nameOrArn == null ? "default" : nameOrArn).orElseThrow(() -> Faults.of(ClusterNotFoundException
                .builder(), "ClusterNotFoundException", "Cluster not found."));
    }

    private Optional<ClusterState> lookUp(String nameOrArn) {
        ClusterState found = clusters.get(Names.last(nameOrArn));
        return found == null || (nameOrArn.startsWith("arn:") && !found.arn().equals(nameOrArn))
                ? Optional.empty()
                : Optional.of(found);
    }

    private long running(ClusterState cluster) {
        return tasks.all().stream().filter(task -> task.described.clusterArn().equals(cluster.arn()) && task.is(
                "RUNNING")).count();
    }

    private Cluster shown(ClusterState cluster, boolean withTags) {
        long pending = tasks.all().stream().filter(task -> task.described.clusterArn().equals(cluster.arn()) && task
                .wanted() && !task.is("RUNNING")).count();
        Cluster.Builder shown = cluster.described.toBuilder().activeServicesCount(cluster.live().size())
                .runningTasksCount((int) running(cluster)).pendingTasksCount((int) pending)
                .registeredContainerInstancesCount(0).statistics(List.of());
        return withTags ? shown.tags(tags.of(cluster.arn())).build() : shown.build();
    }
}
