package io.greenlane.rehearsal.cloud;

import java.util.regex.Pattern;

/**
 * The AWS account and region that the local cloud plays.
 *
 * @param id twelve digits
 * @param region for example {@code us-east-1}
 */
public record Account(String id, String region) {
    private static final Pattern ID = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");

    public Account {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("An AWS account id is twelve digits, got '" + id + "'");
        }
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("An AWS region looks like us-east-1, got '" + region + "'");
        }
    }

    /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }

    /** The host of the account's registry on AWS; the local registry answers for it. */
    public String registryHost() {
        return id + ".dkr.ecr." + region + ".amazonaws.com";
    }
}
