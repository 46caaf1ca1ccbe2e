package io.greenlane.rehearsal.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Finds the required members that a request lacks, in the words AWS's own validation uses. */
final class RequiredMembers {
    private final AwsService service;
    private final ModelFacts facts;
    private final List<String> violations = new ArrayList<>();

    private RequiredMembers(AwsService service) {
        this.service = service;
        this.facts = ModelFacts.of(service);
    }

    /** @throws RequestFault naming every missing member; not for a service with an error of its own for each member */
    static void check(AwsService service, SdkPojo request) {
        String code = service.missingMemberCode();
        if (code == null) {
            return;
        }
        RequiredMembers check = new RequiredMembers(service);
        check.structure(request, "");
        if (!check.violations.isEmpty()) {
            int count = check.violations.size();
            throw new RequestFault(code, 400, count + " validation error" + (count == 1 ? "" : "s") + " detected: "
                    + String.join("; ", check.violations));
        }
    }

    private void structure(SdkPojo pojo, String path) {
        List<String> required = facts.required(pojo.getClass());
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            boolean absent = value == null || value instanceof SdkAutoConstructList
                    || value instanceof SdkAutoConstructMap;
            String name = path + decapitalised(field.memberName());
            if (absent && required.stream().anyMatch(field.memberName()::equalsIgnoreCase)) {
                violations.add("Value null at '" + name + "' failed to satisfy constraint: Member must not be null");
            } else if (!absent) {
                inside(value, name);
            }
        }
    }

    private void inside(@Nullable Object value, String path) {
        switch (value) {
            case SdkPojo pojo -> structure(pojo, path + ".");
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    inside(list.get(i), path + "." + (i + 1) + ".member");
                }
            }
            case Map<?, ?> map -> map.forEach((key, element) -> inside(element, path + "." + key + ".member"));
            case null, default -> {
            }
        }
    }

    private String decapitalised(String name) {
        return service.wire().targetPrefix() == null || name.isEmpty()
                ? name
                : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
