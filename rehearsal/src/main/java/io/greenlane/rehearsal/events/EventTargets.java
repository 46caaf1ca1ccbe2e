package io.greenlane.rehearsal.events;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The services that rules deliver to. */
public record EventTargets(LambdaClient lambda, SfnClient stepFunctions, SqsClient queues, SnsClient topics) {}
