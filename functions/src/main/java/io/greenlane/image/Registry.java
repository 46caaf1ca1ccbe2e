package io.greenlane.image;

import io.greenlane.json.Quote;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The private ECR registry of one account in one region; there is exactly one.
 *
 * @param account twelve digits
 * @param region for example {@code eu-west-1}
 */
public record Registry(String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:[a-z0-9-]+:([^:]*):([^:]*):.+");

    public Registry {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("An AWS account id is twelve digits, got " + Quote.of(account));
        }
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("An AWS region looks like eu-west-1, got " + Quote.of(region));
        }
    }

    /** The registry of the account and region in which the resource lives, for example the function that runs. */
    public static Registry ofArn(String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new IllegalArgumentException("An ARN begins with arn:aws:, got " + Quote.of(arn));
        }
        return new Registry(parts.group(2), parts.group(1));
    }

    @Override
    public String toString() {
        return "account " + account + " in " + region;
    }
}
