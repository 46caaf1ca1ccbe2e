package io.greenlane.rehearsal.ecr;

import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;

/**
 * Whether a tag may be pointed at another image.
 *
 * @param exclusions wildcard filters of the tags to which the opposite applies; only with the two settings that have them
 */
record TagMutability(ImageTagMutability setting, List<ImageTagMutabilityExclusionFilter> exclusions) {
    private static final int MOST_EXCLUSIONS = 5;

    TagMutability {
        exclusions = List.copyOf(exclusions);
        boolean excluding = setting == ImageTagMutability.IMMUTABLE_WITH_EXCLUSION
                || setting == ImageTagMutability.MUTABLE_WITH_EXCLUSION;
        if (setting == ImageTagMutability.UNKNOWN_TO_SDK_VERSION) {
            throw EcrFaults.invalid("Invalid parameter at 'imageTagMutability' failed to satisfy constraint: "
                    + "'Member must satisfy enum value set'");
        }
        if (excluding == exclusions.isEmpty() || exclusions.size() > MOST_EXCLUSIONS) {
            throw EcrFaults.invalid("imageTagMutabilityExclusionFilters must have 1 to " + MOST_EXCLUSIONS
                    + " filters with the setting " + setting + " when it ends in _WITH_EXCLUSION, else none; got "
                    + exclusions.size());
        }
    }

    boolean mayMove(String tag) {
        boolean excluded = exclusions.stream().anyMatch(filter -> matches(filter.filter(), tag));
        boolean mutable = setting == ImageTagMutability.MUTABLE
                || setting == ImageTagMutability.MUTABLE_WITH_EXCLUSION;
        return mutable != excluded;
    }

    private static boolean matches(String wildcard, String tag) {
        return Pattern.matches(Pattern.quote(wildcard).replace("*", "\\E.*\\Q"), tag);
    }
}
