package io.greenlane.taskdefinition;

import io.greenlane.image.Digest;
import io.greenlane.image.ImageReference;
import io.greenlane.image.Repository;
import io.greenlane.json.JsonObject;
import io.greenlane.json.Quote;
import io.greenlane.service.ServiceNotDeployableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A copy of a revision in which the containers of one repository run one digest and nothing else is different.
 *
 * @param source what is copied
 * @param members of the RegisterTaskDefinition request, without the tags
 * @param tags of the copy
 */
public record RevisionCopy(Revision source, Map<String, Object> members, Map<String, String> tags) {
    /** Key of the tag that names the release. */
    public static final String RELEASE_TAG = "greenlane:release";
    /** Key of the tag that names the digest. */
    public static final String DIGEST_TAG = "greenlane:digest";
    /** Members that DescribeTaskDefinition answers and RegisterTaskDefinition does not take (ECS API, both shapes compared). */
    public static final Set<String> OUTPUT_ONLY = Set.of("taskDefinitionArn", "revision", "status",
            "requiresAttributes", "compatibilities", "registeredAt", "deregisteredAt", "deleteRequestedAt",
            "registeredBy");

    private static final int MOST_TAGS = 50;
    private static final String CONTAINERS = "containerDefinitions";

    /**
     * The copy for a release. Tags are carried over but for those that AWS reserves, and name release and digest.
     *
     * @throws ServiceNotDeployableException when no container runs an image of the repository, or no tag is free
     */
    public static RevisionCopy of(Revision source, Repository repository, Digest digest, String releaseId) {
        Map<String, Object> members = new LinkedHashMap<>(source.members());
        members.keySet().removeAll(OUTPUT_ONLY);
        members.put(CONTAINERS, withDigest(source, repository, digest));
        Map<String, String> tags = new LinkedHashMap<>(source.tags());
        tags.keySet().removeIf(key -> key.startsWith("aws:"));
        tags.put(RELEASE_TAG, releaseId);
        tags.put(DIGEST_TAG, digest.text());
        if (tags.size() > MOST_TAGS) {
            throw new ServiceNotDeployableException("Task definition " + source.name() + " carries so many tags that "
                    + RELEASE_TAG + " and " + DIGEST_TAG + " make " + tags.size() + "; ECS allows " + MOST_TAGS
                    + ", remove some");
        }
        return new RevisionCopy(source, members, tags);
    }

    private static List<Object> withDigest(Revision source, Repository repository, Digest digest) {
        List<Object> copies = new ArrayList<>();
        List<String> others = new ArrayList<>();
        boolean changed = false;
        for (JsonObject container : new JsonObject("taskDefinition", source.members()).objects(CONTAINERS)) {
            String image = container.text("image");
            Optional<ImageReference> reference = ImageReference.parse(image).filter(repository::holds);
            Map<Object, Object> copy = new LinkedHashMap<>(container.members());
            if (reference.isPresent()) {
                copy.put("image", reference.get().pinnedTo(digest));
                changed = true;
            } else {
                others.add(container.text("name") + " runs " + Quote.of(image));
            }
            copies.add(copy);
        }
        if (!changed) {
            throw new ServiceNotDeployableException("No container of task definition " + source.name()
                    + " runs an image of " + repository.uri() + ": " + String.join(", ", others));
        }
        return copies;
    }

    /** The members of the request with the tags in ECS's form. */
    public Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>(members);
        request.put("tags", tags.entrySet().stream().map(tag -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("key", tag.getKey());
            item.put("value", tag.getValue());
            return item;
        }).toList());
        return request;
    }

    /**
     * Holds what was registered against what was asked for.
     *
     * @throws CopyDiffersException when anything differs that ECS does not merely write in another form
     */
    public void requireSame(Revision registered) {
        List<String> paths = differences(registered);
        if (!paths.isEmpty()) {
            throw new CopyDiffersException(source.name(), registered.name(), paths);
        }
    }

    /** Whether a revision is this copy, by its tags too. */
    public boolean isSame(Revision registered) {
        return differences(registered).isEmpty();
    }

    private List<String> differences(Revision registered) {
        Map<String, Object> found = new LinkedHashMap<>(registered.members());
        found.keySet().removeAll(OUTPUT_ONLY);
        List<String> paths = new ArrayList<>(
                Differences.between(NormalForm.of(members), NormalForm.of(found)));
        Map<String, String> foundTags = new LinkedHashMap<>(registered.tags());
        foundTags.keySet().removeIf(key -> key.startsWith("aws:"));
        Differences.between(tags, foundTags).forEach(key -> paths.add("tags." + key));
        return paths;
    }
}
