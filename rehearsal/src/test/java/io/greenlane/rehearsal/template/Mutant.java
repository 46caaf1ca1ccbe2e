package io.greenlane.rehearsal.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A change to the shipped templates that breaks a rule.
 *
 * @param rule that has to find it
 * @param file that is changed
 * @param from the text whose first occurrence goes
 * @param to what stands in its place
 */
record Mutant(String rule, String file, String from, String to) {
    private static final String MAIN = "template.yaml";
    private static final String SAMPLE = "infrastructure/sample-website.yaml";
    private static final String RELEASE = "statemachine/release.asl.json";
    private static final List<String> FILES = List.of(MAIN, SAMPLE, RELEASE, "statemachine/validation.asl.json",
            "statemachine/deadline.asl.json");

    static final List<Mutant> ALL = List.of(
            new Mutant("wildcard", MAIN,
                    "Action: [dynamodb:GetItem, dynamodb:PutItem]\n                Resource: !GetAtt Releases.Arn",
                    "Action: [dynamodb:GetItem, dynamodb:PutItem]\n                Resource: '*'"),
            new Mutant("wildcard", MAIN, "Action: [dynamodb:GetItem, dynamodb:PutItem]", "Action: dynamodb:*"),
            new Mutant("wildcard", MAIN,
                    "              # Which images the revision names; DescribeTaskDefinition has no resource.\n",
                    ""),
            new Mutant("wildcard", MAIN,
                    "# DescribeStateMachine: since when events have been expected.\n              - Effect: Allow\n                Action: states:DescribeStateMachine\n                Resource: !Sub >-\n                  arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-Release",
                    "# DescribeStateMachine: since when events have been expected.\n              - Effect: Allow\n                Action: states:DescribeStateMachine\n                Resource: !Sub >-\n                  arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*"),
            new Mutant("wildcard", MAIN, "parameter/greenlane/*", "parameter/*"),
            new Mutant("wildcard", MAIN, "Resource: !Sub ${Reports.Arn}/*", "Resource: arn:aws:s3:::*"),
            new Mutant("wildcard", MAIN, "parameter/greenlane/*", "parameter/greenlane*"),
            new Mutant("wildcard", MAIN, "                  - !GetAtt PlanRelease.Arn\n",
                    "                  - !Sub arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}-*\n"),
            new Mutant("wildcard", MAIN, "                  - !GetAtt PlanRelease.Arn\n",
                    "                  - !Sub ${PlanRelease.Arn}:*\n"),
            new Mutant("wildcard", MAIN, "Action: states:StartExecution\n                Resource: !Ref Release",
                    "Action: states:StartExecution\n                NotResource: !Ref Release"),
            new Mutant("wildcard", MAIN, "Action: states:StartExecution\n                Resource: !Ref Release",
                    "NotAction: iam:PassRole\n                Resource: !Ref Release"),
            new Mutant("wildcard", MAIN, "              - kms:CancelKeyDeletion\n", "              - kms:*\n"),
            new Mutant("scope", MAIN, "task-definition/${Family}:*", "task-definition/*"),
            new Mutant("scope", SAMPLE, "task-set/${Cluster}/${Service.Name}/*", "task-set/*"),
            new Mutant("pass-role", SAMPLE,
                    "Resource: !GetAtt TaskExecutionRole.Arn\n                Condition:\n                  StringEquals: {iam:PassedToService: ecs-tasks.amazonaws.com}",
                    "Resource: !GetAtt TaskExecutionRole.Arn"),
            new Mutant("pass-role", SAMPLE,
                    "Action: iam:PassRole\n                Resource: !GetAtt TaskExecutionRole.Arn",
                    "Action: iam:PassRole\n                Resource: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*'"),
            new Mutant("pass-role", SAMPLE, "iam:PassedToService: ecs-tasks.amazonaws.com",
                    "iam:PassedToService: lambda.amazonaws.com"),
            new Mutant("duties", MAIN,
                    "Action: [codedeploy:GetDeployment, codedeploy:PutLifecycleEventHookExecutionStatus]",
                    "Action: [codedeploy:CreateDeployment, codedeploy:PutLifecycleEventHookExecutionStatus]"),
            new Mutant("duties", MAIN, "Role: !GetAtt AdmitReleaseRole.Arn", "Role: !GetAtt PlanReleaseRole.Arn"),
            new Mutant("codedeploy-role", SAMPLE, "Resource: !Ref HookFunctionArns",
                    "Resource: !Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*'"),
            new Mutant("trust", MAIN,
                    "            Condition:\n              StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}\n",
                    ""),
            new Mutant("own-statements", MAIN, "ManagedPolicyArns: [!Ref WriteLogs]",
                    "ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess']"),
            new Mutant("own-statements", MAIN, "      Role: !GetAtt PlanReleaseRole.Arn\n",
                    "      Role: !GetAtt PlanReleaseRole.Arn\n      Policies: [!Ref WriteLogs, {LambdaInvokePolicy: {FunctionName: x}}]\n"),
            new Mutant("own-statements", MAIN, "      Role: !GetAtt PlanReleaseRole.Arn\n", ""),
            new Mutant("approval-key", MAIN, "Principal: {AWS: !GetAtt CheckGatesRole.Arn}",
                    "Principal: {AWS: [!GetAtt CheckGatesRole.Arn, !GetAtt ApproveReleaseRole.Arn]}"),
            new Mutant("approval-key", MAIN, "Action: kms:VerifyMac", "Action: [kms:GenerateMac, kms:VerifyMac]"),
            new Mutant("approval-key", MAIN, "              - kms:CancelKeyDeletion\n",
                    "              - kms:CreateGrant\n"),
            new Mutant("principal", MAIN, "Principal: {AWS: !GetAtt CheckGatesRole.Arn}", "Principal: {AWS: '*'}"),
            new Mutant("principal", MAIN, "Principal: {Service: cloudwatch.amazonaws.com}", "Principal: '*'"),
            new Mutant("principal", MAIN,
                    "            Condition:\n              StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}\n          - Effect: Deny",
                    "          - Effect: Deny"),
            new Mutant("events", MAIN, "          result: [SUCCESS]\n", ""),
            new Mutant("events", MAIN, "          DeadLetterConfig:\n            Arn: !GetAtt UndeliveredEvents.Arn\n",
                    ""),
            new Mutant("events", MAIN, "                  - !GetAtt GateNewsSignatureTagged.Arn\n", ""),
            new Mutant("events", MAIN, "- !GetAtt GateNewsSignatureTagged.Arn\n",
                    "- !GetAtt GateNewsSignatureTagged.Arn\n                  - !GetAtt SweepEveryFiveMinutes.Arn\n"),
            new Mutant("workflow-logs", MAIN, "IncludeExecutionData: false", "IncludeExecutionData: true"),
            new Mutant("tasks", RELEASE, "\"TimeoutSeconds\": 120,", ""),
            new Mutant("tasks", RELEASE, "\"JitterStrategy\": \"FULL\"", "\"JitterStrategy\": \"NONE\""),
            new Mutant("ends", RELEASE, "\"Next\": \"RecordUnexpectedFailure\"", "\"Next\": \"FinishRelease\""),
            new Mutant("functions", MAIN, "      EventInvokeConfig:\n        MaximumRetryAttempts: 2\n", ""),
            new Mutant("functions", MAIN, "    Tracing: Active\n", ""),
            new Mutant("functions", MAIN, "    Timeout: 50\n", "    Timeout: 120\n"),
            new Mutant("concurrency", MAIN, "      Role: !GetAtt PlanReleaseRole.Arn\n",
                    "      Role: !GetAtt PlanReleaseRole.Arn\n      Events: {Often: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}\n"),
            new Mutant("losses", MAIN, "      Role: !GetAtt PlanReleaseRole.Arn\n",
                    "      Role: !GetAtt PlanReleaseRole.Arn\n      Events: {Often: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}\n"),
            new Mutant("losses", MAIN, "          Value: !Ref Sweep\n", "          Value: !Ref TaskStopped\n"),
            new Mutant("log-retention", MAIN, "      RetentionInDays: !Ref LogRetentionDays\n", ""),
            new Mutant("parameters", MAIN, "    AllowedPattern: ^([^@\\s]+@[^@\\s]+)?$\n", ""),
            new Mutant("parameters", MAIN, "  TagRule:\n    Type: String\n",
                    "  ChatToken:\n    Type: String\n    Description: x\n    Default: ''\n    AllowedPattern: ^.*$\n  TagRule:\n    Type: String\n"),
            new Mutant("parameters", SAMPLE,
                    "/([89]|[12][0-9]|3[0-2])$\n", "/[0-9]{1,2}$\n    Default: 0.0.0.0/0\n"),
            new Mutant("parameters", MAIN, "/([89]|[12][0-9]|3[0-2]))?$\n", "/[0-9]{1,2})?$\n"),
            new Mutant("parameters", MAIN, "    AllowedPattern: ^[a-z0-9]+([._/-][a-z0-9]+)*$\n",
                    "    AllowedPattern: ^.*$\n"),
            new Mutant("table", MAIN, "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"),
            new Mutant("table", MAIN, "      DeletionProtectionEnabled: true\n", ""),
            new Mutant("table", MAIN, "        SSEEnabled: true\n", "        SSEEnabled: false\n"),
            new Mutant("table", MAIN, "    UpdateReplacePolicy: Retain\n    Properties:\n      BillingMode",
                    "    UpdateReplacePolicy: Delete\n    Properties:\n      BillingMode"),
            new Mutant("table", MAIN, "AttributeName: expiresAt", "AttributeName: mustLeaveBy"),
            new Mutant("bucket", MAIN, "BlockPublicPolicy: true", "BlockPublicPolicy: false"),
            new Mutant("queue", MAIN, "      KmsMasterKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("queue", MAIN,
                    "      DisplayName: Greenlane\n      KmsMasterKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n",
                    "      DisplayName: Greenlane\n"),
            new Mutant("transport", MAIN, "Bool: {aws:SecureTransport: 'false'}",
                    "Bool: {aws:SecureTransport: 'true'}"),
            new Mutant("deployment-group", SAMPLE, ", DEPLOYMENT_STOP_ON_ALARM", ""),
            new Mutant("deployment-group", SAMPLE, "      AutoRollbackConfiguration:\n        Enabled: true\n",
                    "      AutoRollbackConfiguration:\n        Enabled: false\n"),
            new Mutant("deployment-group", SAMPLE, "      AlarmConfiguration:\n        Enabled: true\n",
                    "      AlarmConfiguration:\n        Enabled: false\n"),
            new Mutant("deployment-group", SAMPLE, "TerminationWaitTimeInMinutes: !Ref TerminationWaitMinutes",
                    "TerminationWaitTimeInMinutes: 2800"),
            new Mutant("deployment-group", SAMPLE,
                    "            TestTrafficRoute:\n              ListenerArns: [!Ref TestListener]\n", ""),
            new Mutant("boundary", MAIN,
                    "      PermissionsBoundary: !If [Bounded, !Ref PermissionsBoundaryArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("boundary", SAMPLE,
                    "      PermissionsBoundary: !If [Bounded, !Ref PermissionsBoundaryArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key", MAIN, "    KmsKeyArn: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key", MAIN, "        KMSMasterKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key", MAIN, "              KMSMasterKeyID: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n",
                    ""),
            new Mutant("key", MAIN, "      KmsMasterKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key", MAIN, "      KmsKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key", SAMPLE, "      KmsKeyId: !If [OwnKey, !Ref KmsKeyArn, !Ref AWS::NoValue]\n", ""),
            new Mutant("key-use", MAIN, "[!Ref WriteLogs, !If [OwnKey, !Ref UseTableKey, !Ref AWS::NoValue]]",
                    "[!Ref WriteLogs]"),
            new Mutant("key-use", MAIN, "ManagedPolicyArns: [!Ref WriteLogs]",
                    "ManagedPolicyArns: [!Ref WriteLogs, !If [OwnKey, !Ref UseTableKey, !Ref AWS::NoValue]]"),
            new Mutant("key-use", MAIN, "'sns.${AWS::Region}.amazonaws.com'", "'sqs.${AWS::Region}.amazonaws.com'"),
            new Mutant("alarms", MAIN,
                    "      AlarmActions: [!If [OwnAlarmTopic, !Ref AlarmTopicArn, !Ref Outcomes]]\n", ""),
            new Mutant("test-listener", SAMPLE, "CidrIp: !Ref TestListenerCidr", "CidrIp: 0.0.0.0/0"),
            new Mutant("test-listener", SAMPLE, "CidrIp: !Ref TestListenerCidr", "CidrIp: 0.0.0.0/1"),
            new Mutant("load-balancer", SAMPLE, "Value: 'true'", "Value: 'false'"),
            new Mutant("tls", SAMPLE, "ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-2016-08"),
            new Mutant("tls", SAMPLE, "Protocol: !If [Secure, HTTPS, HTTP]", "Protocol: HTTP"),
            new Mutant("task", SAMPLE, "          ReadonlyRootFilesystem: true\n", ""),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          Privileged: true\n"),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          Environment: [{Name: DB_PASSWORD, Value: x}]\n"),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          Environment: [{Name: DATABASE_URL, Value: 'postgres://a:hunter2@db/shop'}]\n"),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          Environment: [{Name: UPSTREAM, Value: 4mR7tQ9zK2vX8bN5cJ1wL6yH3gD0sFpA}]\n"),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          User: '0'\n"),
            new Mutant("task", SAMPLE, "          Essential: true\n",
                    "          Essential: true\n          User: root:website\n"));

    /** The sample website with all that is optional, in which every part of the templates is used. */
    static Map<String, String> form() {
        Map<String, String> secure = new HashMap<>(ShippedTemplates.SAMPLE_WEBSITE);
        secure.putAll(ShippedTemplates.OF_THE_ACCOUNT);
        secure.put("AlarmNames", "shop-latency,shop-orders");
        secure.put("CertificateArn",
                "arn:aws:acm:eu-west-1:111122223333:certificate/0d6b2b6a-9f5e-4c1e-8f0e-2f5b7a3c1d9e");
        secure.put("CheckHost", "shop.example.com");
        return secure;
    }

    /** Writes the templates with the change; the path is the folder. */
    Path below(Path folder) throws IOException {
        for (String name : FILES) {
            Path target = folder.resolve(name);
            Files.createDirectories(target.getParent());
            String text = Files.readString(ShippedTemplates.root().resolve(name));
            if (name.equals(file)) {
                int at = text.indexOf(from);
                if (at < 0) {
                    throw new IllegalStateException(file + " has no " + from);
                }
                text = text.substring(0, at) + to + text.substring(at + from.length());
            }
            Files.writeString(target, text.replace("CodeUri: functions",
                    "CodeUri: " + ShippedTemplates.root().resolve("functions")));
        }
        return folder;
    }
}
