package io.greenlane.rehearsal.template;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.template.ResourceType.Created;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every resource type that the local cloud provisions, but for nested stacks. */
final class ResourceTypes {
    private final Map<String, ResourceType> types = new LinkedHashMap<>();

    ResourceTypes(Account account, CloudClients clients) {
        types.putAll(new EcsResources(clients.ecs()).types());
        types.putAll(new LoadBalancingResources(clients.loadBalancing()).types());
        types.putAll(new CodeDeployResources(clients.codeDeploy()).types());
        types.putAll(new EventsResources(clients.events()).types());
        types.putAll(new StepFunctionsResources(clients.stepFunctions()).types());
        types.putAll(new DynamoDbResources(clients.dynamoDb()).types());
        types.putAll(new MessagingResources(clients.sns(), clients.sqs(), clients.roles()).types());
        types.putAll(new ObservabilityResources(account, clients.logs(), clients.cloudWatch()).types());
        types.putAll(new S3Resources(account, clients.s3()).types());
        types.putAll(new SsmResources(clients.ssm()).types());
        types.putAll(new KmsResources(clients.kms()).types());
        types.putAll(new IamResources(account, clients.roles()).types());
        types.putAll(new LambdaResources(account, clients.functions(), clients.roles()).types());
        types.put("AWS::EC2::SecurityGroup", ResourceTypes::securityGroup);
        types.put("AWS::Chatbot::CustomAction", request -> customAction(account, request));
    }

    Created create(String type, ResourceRequest request) {
        ResourceType known = types.get(type);
        if (known == null) {
            throw request.problem("has the type " + type + ", which the local cloud does not provision");
        }
        Created created = known.create(request);
        request.finish();
        return created;
    }

    /** There is no chat here; the command stays in the stack's record of the resource. */
    private static Created customAction(Account account, ResourceRequest request) {
        request.recordOnly("AliasName", "Definition");
        return new Created("arn:aws:chatbot::" + account.id() + ":custom-action/" + request.name("ActionName", 64));
    }

    /** Local traffic is not filtered; the rules stay in the stack's record of the resource. */
    private static Created securityGroup(ResourceRequest request) {
        request.recordOnly("GroupDescription", "VpcId", "SecurityGroupIngress", "SecurityGroupEgress");
        String id = "sg-" + request.checksum();
        return new Created(id, Map.of("GroupId", id));
    }
}
