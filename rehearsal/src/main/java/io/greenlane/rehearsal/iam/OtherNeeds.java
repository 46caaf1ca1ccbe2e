package io.greenlane.rehearsal.iam;

import io.greenlane.rehearsal.cloud.Account;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.appconfigdata.model.GetLatestConfigurationRequest;
import software.amazon.awssdk.services.appconfigdata.model.StartConfigurationSessionRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogStreamRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

/**
 * What calls of services need of which a release uses little: Lambda, ELB, CloudWatch, Logs, Parameter Store, AppConfig, IAM,
 * KMS.
 */
record OtherNeeds(Account account, Places places) implements ServiceNeeds {
    @Override
    public @Nullable List<Need> of(SdkRequest request) {
        return switch (request) {
            case InvokeRequest it -> List.of(invoking(account, it.functionName(), it.qualifier()));
            case ModifyListenerRequest it ->
                List.of(Need.of("elasticloadbalancing:ModifyListener", it.listenerArn()));
            case ModifyRuleRequest it -> List.of(Need.of("elasticloadbalancing:ModifyRule", it.ruleArn()));
            case DescribeAlarmsRequest it -> (it.alarmNames().isEmpty() ? Stream.of("*") : it.alarmNames().stream())
                    .map(alarm -> Need.of("cloudwatch:DescribeAlarms", account.arn("cloudwatch", "alarm:" + alarm)))
                    .toList();
            case SimulatePrincipalPolicyRequest it ->
                List.of(Need.of("iam:SimulatePrincipalPolicy", it.policySourceArn()));
            case CreateLogStreamRequest it ->
                List.of(onStream("logs:CreateLogStream", it.logGroupName(), it.logStreamName()));
            case PutLogEventsRequest it ->
                List.of(onStream("logs:PutLogEvents", it.logGroupName(), it.logStreamName()));
            case GetParameterRequest it -> List.of(onParameter("ssm:GetParameter", it.name()));
            case GetParametersRequest it ->
                it.names().stream().map(name -> onParameter("ssm:GetParameters", name)).toList();
            case GetParametersByPathRequest it -> List.of(onParameter("ssm:GetParametersByPath", it.path()));
            case PutParameterRequest it -> List.of(onParameter("ssm:PutParameter", it.name()));
            case StartConfigurationSessionRequest it -> places
                    .configuration(it.applicationIdentifier(), it.environmentIdentifier(),
                            it.configurationProfileIdentifier())
                    .map(arn -> List.of(Need.of("appconfig:StartConfigurationSession", arn))).orElse(List.of());
            case GetLatestConfigurationRequest it -> places.configuration(it.configurationToken())
                    .map(arn -> List.of(Need.of("appconfig:GetLatestConfiguration", arn))).orElse(List.of());
            case GenerateMacRequest it ->
                List.of(onKey("kms:GenerateMac", it.keyId()).with("kms:MacAlgorithm", it.macAlgorithmAsString()));
            case VerifyMacRequest it ->
                List.of(onKey("kms:VerifyMac", it.keyId()).with("kms:MacAlgorithm", it.macAlgorithmAsString()));
            case DescribeKeyRequest it -> List.of(onKey("kms:DescribeKey", it.keyId()));
            default -> null;
        };
    }

    /** A function by name, name and qualifier, or ARN. */
    static Need invoking(Account account, String function, @Nullable String qualifier) {
        String arn = function.startsWith("arn:") ? function : account.arn("lambda", "function:" + function);
        return Need.of("lambda:InvokeFunction", qualifier == null ? arn : arn + ":" + qualifier);
    }

    /** A key by id or ARN. */
    private Need onKey(String action, String key) {
        return Need.of(action, key.startsWith("arn:") ? key : account.arn("kms", "key/" + key));
    }

    private Need onStream(String action, String group, String stream) {
        return Need.of(action, account.arn("logs", "log-group:" + group + ":log-stream:" + stream));
    }

    /** A name may end in a version or label after a colon, which is not part of the ARN. */
    private Need onParameter(String action, String name) {
        if (name.startsWith("arn:")) {
            return Need.of(action, name);
        }
        String bare = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
        return Need.of(action, account.arn("ssm", "parameter/" + (bare.startsWith("/") ? bare.substring(1) : bare)));
    }
}
