package io.greenlane.drift;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as it is seen at one moment. Target groups are told by their names.
 *
 * @param taskDefinition ARN of the revision that the primary task set runs
 * @param maker id of the CodeDeploy deployment that made the primary task set; null when none did
 * @param targetGroup of the primary task set; null when that does not say
 * @param targetGroups the two of the deployment group
 * @param production what the rules of the production listener forward, and its default: weights by target group
 * @param test the same of the test listener
 * @param desiredCount how many tasks the service wants
 */
public record Production(String taskDefinition, @Nullable String maker, @Nullable String targetGroup,
        List<String> targetGroups, List<Map<String, Integer>> production, List<Map<String, Integer>> test,
        int desiredCount) {
    public Production {
        targetGroups = List.copyOf(targetGroups);
        production = production.stream().map(Map::copyOf).toList();
        test = test.stream().map(Map::copyOf).toList();
    }
}
