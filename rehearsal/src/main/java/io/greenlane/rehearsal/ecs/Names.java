package io.greenlane.rehearsal.ecs;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.RandomIds;
import java.util.random.RandomGenerator;

/** ARNs and identifiers of this API (ECS guide, ARN and ID formats). */
final class Names {
    private final Account account;
    private final RandomGenerator random;

    Names(Account account, RandomGenerator random) {
        this.account = account;
        this.random = random;
    }

    String arn(String resource) {
        return account.arn("ecs", resource);
    }

    String registryHost() {
        return account.registryHost();
    }

    String region() {
        return account.region();
    }

    String root() {
        return "arn:aws:iam::" + account.id() + ":root";
    }

    /** {@code ecs-svc/} and 19 digits. */
    String taskSetId() {
        return "ecs-svc/" + random.nextLong(1_000_000_000_000_000_000L, Long.MAX_VALUE);
    }

    /** 32 hex digits. */
    String taskId() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    String uuid() {
        return RandomIds.uuid(random);
    }

    /** The part after the last slash of an ARN, or the name itself. */
    static String last(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
