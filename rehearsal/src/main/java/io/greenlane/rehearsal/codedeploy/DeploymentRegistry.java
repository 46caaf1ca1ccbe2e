package io.greenlane.rehearsal.codedeploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.DeploymentDoesNotExistException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIdRequiredException;
import software.amazon.awssdk.services.codedeploy.model.InvalidDeploymentIdException;

/** All deployments of the account by their ids, oldest first. */
final class DeploymentRegistry {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final Pattern ID = Pattern.compile("d-[A-Z0-9]{9}");

    private final RandomGenerator random;
    private final Map<String, Deployment> byId = new LinkedHashMap<>();

    DeploymentRegistry(RandomGenerator random) {
        this.random = random;
    }

    String newId() {
        StringBuilder id = new StringBuilder("d-");
        random.ints(9, 0, LETTERS.length()).forEach(letter -> id.append(LETTERS.charAt(letter)));
        return byId.containsKey(id.toString()) ? newId() : id.toString();
    }

    Deployment add(Deployment deployment) {
        byId.put(deployment.id(), deployment);
        return deployment;
    }

    /** The deployment with that id, or the error that the service model names. */
    Deployment get(@Nullable String id) {
        return find(id).orElseThrow(() -> DeploymentDoesNotExistException.builder()
                .message("The deployment " + id + " could not be found").build());
    }

    /** Like {@link #get}, where an unknown deployment is no error. */
    Optional<Deployment> find(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw DeploymentIdRequiredException.builder().message("Deployment id is missing").build();
        }
        if (!ID.matcher(id).matches()) {
            throw InvalidDeploymentIdException.builder()
                    .message("Specified DeploymentId is not in the valid format: " + id).build();
        }
        return Optional.ofNullable(byId.get(id));
    }

    List<Deployment> newestFirst() {
        return new ArrayList<>(byId.values()).reversed();
    }
}
