package io.greenlane.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.greenlane.aws.EcrImages;
import io.greenlane.aws.ServiceDiscovery;
import io.greenlane.image.Registry;
import io.greenlane.service.ReleasePlan;
import io.greenlane.service.ReleasePlan.PlannedRelease;
import io.greenlane.service.ReleasePlanner;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** First step of the workflow: what the event announces, and which services it concerns. */
public final class PlanRelease implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final ReleasePlanner planner;

    /** The one that Lambda calls. */
    public PlanRelease() {
        this(onDefaultClients(PlanSettings.from(System.getenv())));
    }

    /** With a planner of one's own. */
    public PlanRelease(ReleasePlanner planner) {
        this.planner = planner;
    }

    private static ReleasePlanner onDefaultClients(PlanSettings settings) {
        SdkHttpClient http = UrlConnectionHttpClient.create();
        EcrClient ecr = EcrClient.builder().httpClient(http).build();
        return new ReleasePlanner(settings.services(), new EcrImages(ecr),
                new ServiceDiscovery(CodeDeployClient.builder().httpClient(http).build(),
                        EcsClient.builder().httpClient(http).build(),
                        ElasticLoadBalancingV2Client.builder().httpClient(http).build(), ecr));
    }

    /** {@code {event, execution}} to {@code {decision, outcome, reason, push, releases}}. */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
        ReleasePlan plan = planner.plan(input.get("event"), Registry.ofArn(context.getInvokedFunctionArn()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("decision", plan.decision().word());
        answer.put("outcome", plan.decision().outcome());
        answer.put("reason", plan.reason());
        answer.put("push", plan.push() == null ? null : plan.push().members());
        answer.put("releases", plan.releases().stream().map(release -> item(plan, release)).toList());
        return answer;
    }

    private static Map<String, Object> item(ReleasePlan plan, PlannedRelease release) {
        if (plan.push() == null) {
            throw new IllegalStateException("A release was planned without a push");
        }
        return new ReleaseItem(plan.push(), release.service(), release.running(), release.problem()).members();
    }
}
