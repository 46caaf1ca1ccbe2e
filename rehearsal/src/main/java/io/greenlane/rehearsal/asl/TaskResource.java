package io.greenlane.rehearsal.asl;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * What a Task state calls, read from its Resource.
 *
 * @param kind which kind of resource
 * @param arn the Resource as written
 * @param service for a service integration the service as written, for example {@code lambda}, {@code aws-sdk:ecs}
 * @param action for a service integration the API action
 * @param pattern when the task ends
 */
record TaskResource(Kind kind, String arn, String service, String action, Pattern pattern) {
    private static final java.util.regex.Pattern FUNCTION = java.util.regex.Pattern
            .compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9-_]+(:[A-Za-z0-9-_$]+)?");
    private static final java.util.regex.Pattern ACTIVITY = java.util.regex.Pattern
            .compile("arn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:activity:[^:]+");
    private static final java.util.regex.Pattern INTEGRATION = java.util.regex.Pattern
            .compile(
                    "arn:aws[a-z-]*:states:::((?:aws-sdk:)?[a-zA-Z0-9-]+):([a-zA-Z0-9]+)(\\.waitForTaskToken|\\.sync|\\.sync:2)?");
    private static final Set<String> OPTIMISED = Set.of("lambda", "sns", "sqs", "dynamodb", "events", "states");
    /** How the error names of SDK integrations spell the services (Step Functions guide, supported SDK integrations). */
    private static final Map<String, String> SDK_PREFIXES = Map.ofEntries(Map.entry("codedeploy", "CodeDeploy"),
            Map.entry("ecs", "Ecs"), Map.entry("ecr", "Ecr"), Map.entry("dynamodb", "DynamoDb"),
            Map.entry("sns", "Sns"),
            Map.entry("sqs", "Sqs"), Map.entry("sfn", "Sfn"), Map.entry("ssm", "Ssm"),
            Map.entry("elasticloadbalancingv2", "ElasticLoadBalancingV2"), Map.entry("eventbridge", "EventBridge"),
            Map.entry("scheduler", "Scheduler"), Map.entry("cloudwatch", "CloudWatch"),
            Map.entry("cloudwatchlogs", "CloudWatchLogs"), Map.entry("signer", "Signer"),
            Map.entry("inspector2", "Inspector2"), Map.entry("lambda", "Lambda"), Map.entry("sts", "Sts"),
            Map.entry("iam", "Iam"), Map.entry("s3", "S3"), Map.entry("appconfig", "AppConfig"),
            Map.entry("appconfigdata", "AppConfigData"));
    private static final Map<String, String> OPTIMISED_PREFIXES = Map.of("lambda", "Lambda", "sns", "SNS", "sqs", "SQS",
            "dynamodb", "DynamoDB", "events", "EventBridge", "states", "StepFunctions");
    private static final Map<String, String> SDK_NAMES = Map.of("states", "sfn", "events", "eventbridge");
    private static final String SDK = "aws-sdk:";

    /** When the task of a service integration ends. */
    enum Pattern {
        /** With the answer. */
        REQUEST_RESPONSE(""),
        /** When its token comes back. */
        CALLBACK(".waitForTaskToken"),
        /** When what it has started is done; data as text. */
        SYNC(".sync"),
        /** When what it has started is done; data as JSON. */
        SYNC_2(".sync:2");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The kinds of resources. */
    enum Kind {
        FUNCTION, ACTIVITY, INTEGRATION
    }

    /** Reads a Resource; empty when it is none that can be called here. */
    static Optional<TaskResource> of(String arn) {
        if (FUNCTION.matcher(arn).matches()) {
            return Optional.of(new TaskResource(Kind.FUNCTION, arn, "", "", Pattern.REQUEST_RESPONSE));
        }
        if (ACTIVITY.matcher(arn).matches()) {
            return Optional.of(new TaskResource(Kind.ACTIVITY, arn, "", "", Pattern.CALLBACK));
        }
        Matcher integration = INTEGRATION.matcher(arn);
        if (!integration.matches()) {
            return Optional.empty();
        }
        String service = integration.group(1);
        String action = integration.group(2);
        Pattern pattern = Arrays.stream(Pattern.values())
                .filter(one -> one.suffix.equals(integration.group(3) == null ? "" : integration.group(3))).findFirst()
                .orElseThrow();
        boolean sync = pattern == Pattern.SYNC || pattern == Pattern.SYNC_2;
        if (sync && !(service.equals("states") && action.equals("startExecution"))) {
            return Optional.empty();
        }
        if (!service.startsWith(SDK) && !OPTIMISED.contains(service)) {
            return Optional.empty();
        }
        return Optional.of(new TaskResource(Kind.INTEGRATION, arn, service, action, pattern));
    }

    boolean callback() {
        return pattern == Pattern.CALLBACK;
    }

    /** Whether the result tells about the call itself, as those of optimised integrations do. */
    boolean isOptimised() {
        return kind == Kind.INTEGRATION && !service.startsWith(SDK);
    }

    boolean isLambdaInvoke() {
        return service.equals("lambda") && action.equals("invoke");
    }

    /** The member resourceType of history events. */
    String resourceType() {
        return service;
    }

    /** The member resource of history events. */
    String resource() {
        return action + pattern.suffix;
    }

    /** The service as {@link TaskIntegration.Call} names it. */
    String sdkService() {
        String plain = service.startsWith(SDK) ? service.substring(SDK.length()) : service;
        return service.startsWith(SDK) ? plain : SDK_NAMES.getOrDefault(plain, plain);
    }

    /** The name under which Retry and Catch see an error of the service. */
    String errorName(String code) {
        if (!service.startsWith(SDK)) {
            String prefix = OPTIMISED_PREFIXES.getOrDefault(service, service);
            return prefix + "." + withException(code);
        }
        String plain = sdkService();
        String prefix = SDK_PREFIXES.getOrDefault(plain,
                plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1));
        return prefix + "." + withException(code);
    }

    private static String withException(String code) {
        return code.endsWith("Exception") ? code : code + "Exception";
    }
}
