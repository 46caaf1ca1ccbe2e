package io.greenlane.rehearsal.loadbalancing;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;

/** The errors of this API. */
final class Faults {
    private Faults() {}

    /** Fills a modelled error; its code on the wire drops the {@code Exception} of the class name. */
    static ElasticLoadBalancingV2Exception of(ElasticLoadBalancingV2Exception.Builder builder, String code,
            String message) {
        return (ElasticLoadBalancingV2Exception) builder.message(message).statusCode(400).awsErrorDetails(
                AwsErrorDetails.builder().serviceName("ElasticLoadBalancingV2").errorCode(code).errorMessage(message)
                        .build())
                .build();
    }

    /** A parameter that is missing or out of its range. */
    static ElasticLoadBalancingV2Exception validation(String message) {
        return of(ElasticLoadBalancingV2Exception.builder(),
                "ValidationError", message);
    }
}
