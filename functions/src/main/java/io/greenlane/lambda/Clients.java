package io.greenlane.lambda;

import io.greenlane.aws.CodeDeployDeployments;
import io.greenlane.aws.DynamoDbLedgerTable;
import io.greenlane.aws.ServiceDiscovery;
import io.greenlane.aws.SnsAnnouncements;
import io.greenlane.aws.TaskTokens;
import io.greenlane.release.Ledger;
import java.util.UUID;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** The SDK clients of a function, over one HTTP client, with region and credentials as Lambda gives them. */
final class Clients {
    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    CodeDeployClient codeDeploy() {
        return CodeDeployClient.builder().httpClient(http).build();
    }

    CodeDeployDeployments deployments() {
        return new CodeDeployDeployments(codeDeploy(), CodeDeployDeployments.askingOnce(http));
    }

    EcsClient ecs() {
        return EcsClient.builder().httpClient(http).build();
    }

    EcrClient ecr() {
        return EcrClient.builder().httpClient(http).build();
    }

    ElasticLoadBalancingV2Client loadBalancing() {
        return ElasticLoadBalancingV2Client.builder().httpClient(http).build();
    }

    ServiceDiscovery discovery() {
        return new ServiceDiscovery(codeDeploy(), ecs(), loadBalancing(), ecr());
    }

    SfnClient stepFunctions() {
        return SfnClient.builder().httpClient(http).build();
    }

    TaskTokens taskTokens() {
        return new TaskTokens(stepFunctions());
    }

    SnsAnnouncements announcements(String topicArn) {
        return new SnsAnnouncements(SnsClient.builder().httpClient(http).build(), topicArn);
    }

    Ledger ledger(String table) {
        return new Ledger(new DynamoDbLedgerTable(DynamoDbClient.builder().httpClient(http).build(), table),
                () -> UUID.randomUUID().toString());
    }
}
