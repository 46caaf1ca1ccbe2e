package io.greenlane.taskdefinition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Task definitions as ECS may describe them some day: known members beside members that no SDK knows. */
public final class GeneratedTaskDefinition {
    private final Random random;

    public GeneratedTaskDefinition(long seed) {
        this.random = new Random(seed);
    }

    /** An answer of DescribeTaskDefinition; at least one container runs {@code image}. */
    public Map<String, Object> describeAnswer(String image) {
        Map<String, Object> taskDefinition = new LinkedHashMap<>();
        taskDefinition.put("taskDefinitionArn", "arn:aws:ecs:eu-west-1:111122223333:task-definition/shop-api:41");
        taskDefinition.put("revision", 41);
        taskDefinition.put("status", "ACTIVE");
        taskDefinition.put("family", "shop-api");
        taskDefinition.put("registeredAt", new BigDecimal("1772600767.123"));
        taskDefinition.put("registeredBy", "arn:aws:iam::111122223333:user/ann");
        taskDefinition.put("requiresAttributes", List.of(Map.of("name", "ecs.capability.x")));
        taskDefinition.put("compatibilities", List.of("EC2", "FARGATE"));
        taskDefinition.put("cpu", "256");
        taskDefinition.put("memory", "512");
        taskDefinition.put("networkMode", "awsvpc");
        taskDefinition.put("volumes", List.of());
        unknown(taskDefinition);
        List<Object> containers = new ArrayList<>();
        int ours = random.nextInt(3);
        for (int i = 0; i < 3; i++) {
            containers.add(container("container-" + i, i == ours ? image : "public.example/sidecar:" + i));
        }
        taskDefinition.put("containerDefinitions", containers);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("taskDefinition", taskDefinition);
        answer.put("tags",
                List.of(tag("team", "shop"), tag("aws:cloudformation:stack-name", "shop"), tag("empty", "")));
        return answer;
    }

    private Map<String, Object> container(String name, String image) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name);
        container.put("image", image);
        container.put("cpu", random.nextInt(2));
        container.put("essential", random.nextBoolean());
        container.put("command", List.of());
        container.put("portMappings", List.of(Map.of("containerPort", 80, "hostPort", 80, "protocol", "tcp")));
        container.put("environment",
                List.of(Map.of("name", "MODE", "value", ""),
                        Map.of("name", "A", "value", "b\"\\\u2028\n\ud83d\ude80")));
        container.put("mountPoints", List.of());
        unknown(container);
        return container;
    }

    private void unknown(Map<String, Object> members) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            members.put("future" + Integer.toString(random.nextInt(1_000_000), 36), value(0));
        }
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 3 ? 8 : 10)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> new BigDecimal(new BigInteger(90, random), random.nextInt(40) - 10);
            case 3 -> new BigInteger(200, random);
            case 4 -> random.nextBoolean();
            case 5 -> "";
            case 6 -> "text \u0000\u00e9\ud83d\ude80</script>" + random.nextInt();
            case 7 -> new BigDecimal("1.10");
            case 8 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.put("m" + random.nextInt(100), value(depth + 1));
                }
                object.put("nothing", null);
                yield object;
            }
        };
    }

    static Map<String, Object> tag(String key, String value) {
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put("key", key);
        tag.put("value", value);
        return tag;
    }
}
