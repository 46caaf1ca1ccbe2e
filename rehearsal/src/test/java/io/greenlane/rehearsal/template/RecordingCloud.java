package io.greenlane.rehearsal.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.greenlane.rehearsal.iam.Roles;
import io.greenlane.rehearsal.lambda.FunctionDefinition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutRuleResponse;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.ssm.SsmClient;

/** SDK clients that write down every request and answer with made-up ARNs. */
final class RecordingCloud {
    private static final String ACCOUNT = ":eu-west-1:111122223333:";

    static final String KEY = "arn:aws:kms" + ACCOUNT + "key/0a1b";

    final List<SdkRequest> requests = new ArrayList<>();
    final Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
    final Roles roles = new Roles();

    CloudClients clients() {
        return new CloudClients(client(EcsClient.class), client(ElasticLoadBalancingV2Client.class),
                client(CodeDeployClient.class), client(EventBridgeClient.class), client(SfnClient.class),
                client(DynamoDbClient.class), client(SnsClient.class), client(SqsClient.class),
                client(CloudWatchLogsClient.class), client(CloudWatchClient.class), client(S3Client.class),
                client(SsmClient.class), client(KmsClient.class),
                function -> functions.put(function.name(), function), roles);
    }

    /** The requests of one kind, in order. */
    <R extends SdkRequest> List<R> requests(Class<R> kind) {
        return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private <C> C client(Class<C> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, this::call));
    }

    private @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!(arguments[0] instanceof SdkRequest request)) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        requests.add(request);
        return answer(method.getName(), request);
    }

    private @Nullable Object answer(String operation, SdkRequest request) {
        return switch (operation) {
            case "createCluster" -> CreateClusterResponse.builder()
                    .cluster(cluster -> cluster
                            .clusterArn("arn:aws:ecs" + ACCOUNT + "cluster/" + name(request, "clusterName")))
                    .build();
            case "registerTaskDefinition" -> RegisterTaskDefinitionResponse.builder()
                    .taskDefinition(revision -> revision.taskDefinitionArn(
                            "arn:aws:ecs" + ACCOUNT + "task-definition/" + name(request, "family") + ":1"))
                    .build();
            case "createService" -> CreateServiceResponse.builder().service(service -> service.serviceArn("arn:aws:ecs"
                    + ACCOUNT + "service/" + name(request, "cluster") + "/" + name(request, "serviceName"))).build();
            case "createLoadBalancer" -> CreateLoadBalancerResponse.builder()
                    .loadBalancers(LoadBalancer.builder().dnsName("127.0.0.1").loadBalancerArn(
                            "arn:aws:elasticloadbalancing" + ACCOUNT + "loadbalancer/app/" + name(request, "Name")
                                    + "/50dc6c49")
                            .build())
                    .build();
            case "createTargetGroup" -> CreateTargetGroupResponse.builder()
                    .targetGroups(TargetGroup.builder().targetGroupArn(
                            "arn:aws:elasticloadbalancing" + ACCOUNT + "targetgroup/" + name(request, "Name")
                                    + "/73e2d6bc")
                            .build())
                    .build();
            case "createListener" -> CreateListenerResponse.builder()
                    .listeners(Listener.builder().listenerArn("arn:aws:elasticloadbalancing" + ACCOUNT
                            + "listener/app/lb/50dc6c49/" + request.getValueForField("Port", Integer.class).orElse(0))
                            .build())
                    .build();
            case "putRule" -> PutRuleResponse.builder()
                    .ruleArn("arn:aws:events" + ACCOUNT + "rule/" + name(request, "Name")).build();
            case "createStateMachine" -> CreateStateMachineResponse.builder()
                    .stateMachineArn("arn:aws:states" + ACCOUNT + "stateMachine:" + name(request, "name")).build();
            case "createTable" -> CreateTableResponse.builder()
                    .tableDescription(
                            table -> table
                                    .tableArn("arn:aws:dynamodb" + ACCOUNT + "table/" + name(request, "TableName")))
                    .build();
            case "createTopic" ->
                CreateTopicResponse.builder().topicArn("arn:aws:sns" + ACCOUNT + name(request, "Name"))
                        .build();
            case "subscribe" ->
                SubscribeResponse.builder().subscriptionArn("arn:aws:sns" + ACCOUNT + "topic:1").build();
            case "createQueue" -> CreateQueueResponse.builder()
                    .queueUrl("https://sqs.eu-west-1.amazonaws.com/111122223333/" + name(request, "QueueName")).build();
            case "getQueueAttributes" -> GetQueueAttributesResponse.builder()
                    .attributes(Map.of(QueueAttributeName.QUEUE_ARN, "arn:aws:sqs" + ACCOUNT
                            + name(request, "QueueUrl").replaceAll(".*/", "")))
                    .build();
            case "createKey" -> {
                roles.addResourcePolicy(KEY, policy(name(request, "Policy")));
                yield CreateKeyResponse.builder().keyMetadata(key -> key.keyId("0a1b").arn(KEY)).build();
            }
            default -> null;
        };
    }

    private static Map<String, Object> policy(String json) {
        try {
            return JsonMapper.builder().build().readValue(json, new TypeReference<>() {
            });
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String name(SdkRequest request, String field) {
        Optional<String> name = request.getValueForField(field, String.class);
        return name.orElseThrow(() -> new IllegalStateException(request + " has no " + field));
    }
}
