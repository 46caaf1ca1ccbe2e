"""The calls of model_check.py, service by service. Each service is left as it was found."""
import json


def drive(cloud, tag):
    """Runs every service's calls; `tag` keeps the names of two runs apart."""
    sts(cloud)
    ssm(cloud, tag)
    s3(cloud, tag)
    appconfig(cloud, tag)
    dynamodb(cloud, tag)
    queue = sqs(cloud, tag)
    topic = sns(cloud, tag, queue)
    logs(cloud, tag)
    cloudwatch(cloud, tag)
    events(cloud, tag, queue)
    ecr(cloud, tag)
    load_balancer, groups, listener = load_balancing(cloud, tag)
    ecs(cloud, tag, groups)
    codedeploy(cloud, tag)
    stepfunctions(cloud, tag)
    lambda_(cloud)
    cloud.call("sqs", "DeleteQueue", QueueUrl=queue)
    cloud.call("sns", "DeleteTopic", TopicArn=topic)
    for arn in listener:
        cloud.call("elbv2", "DeleteListener", ListenerArn=arn)
    for arn in groups:
        cloud.call("elbv2", "DeleteTargetGroup", TargetGroupArn=arn)
    cloud.call("elbv2", "DeleteLoadBalancer", LoadBalancerArn=load_balancer)


def sts(cloud):
    cloud.call("sts", "GetCallerIdentity")


def ssm(cloud, tag):
    name = f"/check/{tag}/a"
    cloud.call("ssm", "PutParameter", Name=name, Value="1", Type="String")
    cloud.call("ssm", "PutParameter", "ParameterAlreadyExists", Name=name, Value="1", Type="String")
    cloud.call("ssm", "GetParameter", Name=name)
    cloud.call("ssm", "GetParameter", "ParameterNotFound", Name=name + "x")
    cloud.call("ssm", "GetParameters", Names=[name, name + "x"])
    cloud.call("ssm", "GetParametersByPath", Path="/check", Recursive=True)
    cloud.call("ssm", "DeleteParameter", Name=name)
    cloud.call("ssm", "DeleteParameter", "ParameterNotFound", Name=name)
    cloud.call("ssm", "PutParameter", "ValidationException", Value="1")


def s3(cloud, tag):
    bucket = f"check-{tag}"
    place = {"Bucket": bucket, "Key": "a b/c.txt"}
    location = {"LocationConstraint": "eu-west-1"}
    cloud.call("s3", "CreateBucket", Bucket=bucket, CreateBucketConfiguration=location)
    cloud.call("s3", "CreateBucket", "BucketAlreadyOwnedByYou", Bucket=bucket, CreateBucketConfiguration=location)
    cloud.call("s3", "HeadBucket", Bucket=bucket)
    cloud.call("s3", "HeadBucket", "404", Bucket=bucket + "x")
    cloud.call("s3", "GetBucketLocation", Bucket=bucket)
    cloud.call("s3", "ListBuckets")
    cloud.call("s3", "GetBucketEncryption", Bucket=bucket)
    cloud.call("s3", "GetPublicAccessBlock", Bucket=bucket)
    cloud.call("s3", "GetBucketOwnershipControls", Bucket=bucket)
    cloud.call("s3", "GetBucketPolicy", "NoSuchBucketPolicy", Bucket=bucket)
    cloud.call("s3", "PutBucketPolicy", Bucket=bucket, Policy="{}")
    cloud.call("s3", "GetBucketPolicy", Bucket=bucket)
    cloud.call("s3", "PutBucketLifecycleConfiguration", Bucket=bucket, LifecycleConfiguration={"Rules": [
        {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 90}}]})
    cloud.call("s3", "GetBucketLifecycleConfiguration", Bucket=bucket)
    cloud.call("s3", "PutBucketVersioning", Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    cloud.call("s3", "GetBucketVersioning", Bucket=bucket)
    cloud.call("s3", "PutObject", Body=b"content", ContentType="text/plain", Metadata={"a": "b"}, **place)
    cloud.call("s3", "PutObject", "PreconditionFailed", Body=b"content", IfNoneMatch="*", **place)
    cloud.call("s3", "PutObject", "NotImplemented", Body=b"", StorageClass="GLACIER", **place)
    cloud.call("s3", "GetObject", **place)
    cloud.call("s3", "GetObject", Range="bytes=1-3", **place)
    cloud.call("s3", "GetObject", "InvalidRange", Range="bytes=99-", **place)
    cloud.call("s3", "GetObject", "NoSuchKey", Bucket=bucket, Key="none")
    cloud.call("s3", "HeadObject", **place)
    cloud.call("s3", "ListObjectsV2", Bucket=bucket, Delimiter="/")
    cloud.call("s3", "ListObjectsV2", Bucket=bucket)
    cloud.call("s3", "DeleteBucket", "BucketNotEmpty", Bucket=bucket)
    cloud.call("s3", "DeleteObject", **place)
    versions = cloud.call("s3", "ListObjectVersions", Bucket=bucket)
    cloud.call("s3", "DeleteObjects", Bucket=bucket, Delete={"Objects": [
        {"Key": each["Key"], "VersionId": each["VersionId"]}
        for each in versions["Versions"] + versions["DeleteMarkers"]]})
    cloud.call("s3", "DeleteBucket", Bucket=bucket)
    cloud.call("s3", "ListObjectsV2", "NoSuchBucket", Bucket=bucket)


def appconfig(cloud, tag):
    application = cloud.call("appconfig", "CreateApplication", Name=tag)["Id"]
    environment = cloud.call("appconfig", "CreateEnvironment", ApplicationId=application, Name="production")["Id"]
    profile = cloud.call("appconfig", "CreateConfigurationProfile", ApplicationId=application, Name="validation",
                         LocationUri="hosted")["Id"]
    session = {"ApplicationIdentifier": tag, "EnvironmentIdentifier": "production"}
    cloud.call("appconfigdata", "StartConfigurationSession", "ResourceNotFoundException",
               ConfigurationProfileIdentifier="none", **session)
    cloud.call("appconfig", "CreateHostedConfigurationVersion", ApplicationId=application,
               ConfigurationProfileId=profile, Content=b"version: 1", ContentType="text/yaml")
    deployment = {"ApplicationId": application, "EnvironmentId": environment, "ConfigurationProfileId": profile,
                  "ConfigurationVersion": "1"}
    cloud.call("appconfig", "StartDeployment", "BadRequestException", DeploymentStrategyId="slow", **deployment)
    cloud.call("appconfig", "StartDeployment", DeploymentStrategyId="AppConfig.AllAtOnce", **deployment)
    token = cloud.call("appconfigdata", "StartConfigurationSession", ConfigurationProfileIdentifier="validation",
                       **session)["InitialConfigurationToken"]
    cloud.call("appconfigdata", "GetLatestConfiguration", ConfigurationToken=token)
    cloud.call("appconfigdata", "GetLatestConfiguration", "BadRequestException", ConfigurationToken=token)


def dynamodb(cloud, tag):
    table = f"check-{tag}"
    cloud.call("dynamodb", "CreateTable", TableName=table, BillingMode="PAY_PER_REQUEST",
               AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"},
                                     {"AttributeName": "open", "AttributeType": "S"},
                                     {"AttributeName": "by", "AttributeType": "N"}],
               KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
               GlobalSecondaryIndexes=[{"IndexName": "open", "Projection": {"ProjectionType": "ALL"},
                                        "KeySchema": [{"AttributeName": "open", "KeyType": "HASH"},
                                                      {"AttributeName": "by", "KeyType": "RANGE"}]}])
    cloud.call("dynamodb", "DescribeTable", TableName=table)
    cloud.call("dynamodb", "DescribeTable", "ResourceNotFoundException", TableName=table + "x")
    cloud.call("dynamodb", "ListTables")
    cloud.call("dynamodb", "UpdateTimeToLive", TableName=table,
               TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiresAt"})
    cloud.call("dynamodb", "DescribeTimeToLive", TableName=table)
    cloud.call("dynamodb", "DescribeContinuousBackups", TableName=table)
    item = {"id": {"S": "1"}, "open": {"S": "y"}, "by": {"N": "5"}, "all": {"L": [{"M": {"b": {"BOOL": True}}},
            {"NULL": True}, {"B": b"bytes"}, {"SS": ["a"]}, {"NS": ["1"]}, {"BS": [b"x"]}]}}
    cloud.call("dynamodb", "PutItem", TableName=table, Item=item, ReturnConsumedCapacity="TOTAL")
    cloud.call("dynamodb", "PutItem", "ConditionalCheckFailedException", TableName=table, Item=item,
               ConditionExpression="attribute_not_exists(id)", ReturnValuesOnConditionCheckFailure="ALL_OLD")
    cloud.call("dynamodb", "PutItem", "ValidationException", TableName=table, Item={"x": {"S": "1"}})
    cloud.call("dynamodb", "GetItem", TableName=table, Key={"id": {"S": "1"}})
    cloud.call("dynamodb", "GetItem", TableName=table, Key={"id": {"S": "2"}})
    cloud.call("dynamodb", "UpdateItem", TableName=table, Key={"id": {"S": "1"}}, UpdateExpression="ADD hits :one",
               ExpressionAttributeValues={":one": {"N": "1"}}, ReturnValues="ALL_NEW")
    cloud.call("dynamodb", "Query", TableName=table, IndexName="open", KeyConditionExpression="#o = :y",
               ExpressionAttributeNames={"#o": "open"}, ExpressionAttributeValues={":y": {"S": "y"}}, Limit=1)
    cloud.call("dynamodb", "Scan", TableName=table)
    cloud.call("dynamodb", "BatchWriteItem",
               RequestItems={table: [{"PutRequest": {"Item": {"id": {"S": "2"}}}}]})
    cloud.call("dynamodb", "BatchGetItem", RequestItems={table: {"Keys": [{"id": {"S": "2"}}, {"id": {"S": "3"}}]}})
    cloud.call("dynamodb", "TransactWriteItems", TransactItems=[
        {"Put": {"TableName": table, "Item": {"id": {"S": "3"}}}},
        {"ConditionCheck": {"TableName": table, "Key": {"id": {"S": "1"}},
                            "ConditionExpression": "attribute_exists(id)"}}])
    cloud.call("dynamodb", "TransactWriteItems", "TransactionCanceledException", TransactItems=[
        {"Delete": {"TableName": table, "Key": {"id": {"S": "3"}}, "ConditionExpression": "attribute_exists(nope)"}}])
    cloud.call("dynamodb", "TransactGetItems", TransactItems=[{"Get": {"TableName": table, "Key": {"id": {"S": "3"}}}}])
    cloud.call("dynamodb", "DeleteItem", TableName=table, Key={"id": {"S": "1"}}, ReturnValues="ALL_OLD")
    cloud.call("dynamodb", "DeleteTable", TableName=table)
    cloud.call("dynamodb", "PutItem", "ResourceNotFoundException", TableName=table, Item=item)


def sqs(cloud, tag):
    name = f"check-{tag}"
    url = cloud.call("sqs", "CreateQueue", QueueName=name, Attributes={"VisibilityTimeout": "1"})["QueueUrl"]
    cloud.call("sqs", "GetQueueUrl", QueueName=name)
    cloud.call("sqs", "GetQueueUrl", "AWS.SimpleQueueService.NonExistentQueue", QueueName=name + "x")
    cloud.call("sqs", "ListQueues", QueueNamePrefix="check-")
    cloud.call("sqs", "SendMessage", QueueUrl=url, MessageBody="hello",
               MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
    received = cloud.call("sqs", "ReceiveMessage", QueueUrl=url, MessageAttributeNames=["All"],
                          AttributeNames=["All"])["Messages"][0]
    cloud.call("sqs", "DeleteMessage", QueueUrl=url, ReceiptHandle=received["ReceiptHandle"])
    cloud.call("sqs", "GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])
    cloud.call("sqs", "SetQueueAttributes", QueueUrl=url, Attributes={"VisibilityTimeout": "30"})
    cloud.call("sqs", "PurgeQueue", QueueUrl=url)
    return url


def sns(cloud, tag, queue):
    topic = cloud.call("sns", "CreateTopic", Name=f"check-{tag}")["TopicArn"]
    cloud.call("sns", "ListTopics")
    cloud.call("sns", "GetTopicAttributes", TopicArn=topic)
    cloud.call("sns", "GetTopicAttributes", "NotFound", TopicArn=topic + "x")
    cloud.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="DisplayName", AttributeValue="check")
    subscription = cloud.call("sns", "Subscribe", TopicArn=topic, Protocol="sqs", ReturnSubscriptionArn=True,
                              Endpoint=topic.replace(":sns:", ":sqs:"))["SubscriptionArn"]
    cloud.call("sns", "ListSubscriptions")
    cloud.call("sns", "ListSubscriptionsByTopic", TopicArn=topic)
    cloud.call("sns", "Publish", TopicArn=topic, Message="m <&> \"", Subject="s",
               MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
    cloud.call("sns", "Publish", "InvalidParameter", TopicArn=topic, Message="m", Subject="s" * 120)
    cloud.call("sns", "Unsubscribe", SubscriptionArn=subscription)
    return topic


def logs(cloud, tag):
    group = f"/check/{tag}"
    cloud.call("logs", "CreateLogGroup", logGroupName=group)
    cloud.call("logs", "CreateLogGroup", "ResourceAlreadyExistsException", logGroupName=group)
    cloud.call("logs", "PutRetentionPolicy", logGroupName=group, retentionInDays=7)
    cloud.call("logs", "DescribeLogGroups", logGroupNamePrefix="/check")
    cloud.call("logs", "CreateLogStream", logGroupName=group, logStreamName="s")
    cloud.call("logs", "PutLogEvents", logGroupName=group, logStreamName="s",
               logEvents=[{"timestamp": 1772366400000, "message": "hello world"}])
    cloud.call("logs", "DescribeLogStreams", logGroupName=group)
    cloud.call("logs", "GetLogEvents", logGroupName=group, logStreamName="s", startFromHead=True)
    cloud.call("logs", "FilterLogEvents", logGroupName=group, filterPattern="hello")
    cloud.call("logs", "DeleteLogGroup", logGroupName=group)
    cloud.call("logs", "DeleteLogGroup", "ResourceNotFoundException", logGroupName=group)


def cloudwatch(cloud, tag):
    name = f"check-{tag}"
    cloud.call("cloudwatch", "PutMetricAlarm", AlarmName=name, MetricName="m", Namespace="n", Statistic="Sum",
               Period=60, EvaluationPeriods=1, Threshold=1.5, ComparisonOperator="GreaterThanThreshold",
               Dimensions=[{"Name": "a", "Value": "b"}])
    cloud.call("cloudwatch", "SetAlarmState", AlarmName=name, StateValue="ALARM", StateReason="check")
    cloud.call("cloudwatch", "SetAlarmState", "ResourceNotFound", AlarmName=name + "x", StateValue="ALARM",
               StateReason="check")
    cloud.call("cloudwatch", "DescribeAlarms", AlarmNames=[name])
    cloud.call("cloudwatch", "PutMetricData", Namespace="n", MetricData=[{"MetricName": "m", "Value": 1.0}])
    cloud.call("cloudwatch", "DeleteAlarms", AlarmNames=[name])


def events(cloud, tag, queue):
    rule = f"check-{tag}"
    account = cloud.call("sts", "GetCallerIdentity")["Account"]
    cloud.call("events", "PutRule", Name=rule, EventPattern=json.dumps({"source": ["check"]}))
    cloud.call("events", "PutRule", "InvalidEventPatternException", Name=rule, EventPattern="{\"source\": \"x\"}")
    cloud.call("events", "PutRule", "ValidationException", Name=rule, ScheduleExpression="sometimes")
    cloud.call("events", "DescribeRule", Name=rule)
    cloud.call("events", "DescribeRule", "ResourceNotFoundException", Name=rule + "x")
    cloud.call("events", "ListRules")
    cloud.call("events", "PutTargets", Rule=rule, Targets=[
        {"Id": "q", "Arn": f"arn:aws:sqs:eu-west-1:{account}:{queue.rsplit('/', 1)[1]}"}])
    cloud.call("events", "ListTargetsByRule", Rule=rule)
    cloud.call("events", "PutEvents", Entries=[{"Source": "check", "DetailType": "t", "Detail": "{}"},
                                               {"Source": "aws.ecr", "DetailType": "t", "Detail": "{}"}])
    cloud.call("events", "TestEventPattern", EventPattern="{\"source\": [\"check\"]}", Event=json.dumps(
        {"id": "1", "source": "check", "detail-type": "t", "account": account, "time": "2026-01-01T00:00:00Z",
         "region": "eu-west-1", "resources": [], "detail": {}}))
    cloud.call("events", "DisableRule", Name=rule)
    cloud.call("events", "EnableRule", Name=rule)
    cloud.call("events", "DescribeEventBus")
    cloud.call("events", "ListEventBuses")
    cloud.call("events", "RemoveTargets", Rule=rule, Ids=["q"])
    cloud.call("events", "DeleteRule", Name=rule)


def ecr(cloud, tag):
    name = f"check/{tag}"
    cloud.call("ecr", "CreateRepository", repositoryName=name)
    cloud.call("ecr", "CreateRepository", "RepositoryAlreadyExistsException", repositoryName=name)
    cloud.call("ecr", "DescribeRepositories", repositoryNames=[name])
    cloud.call("ecr", "DescribeRepositories", "RepositoryNotFoundException", repositoryNames=[name + "x"])
    cloud.call("ecr", "GetAuthorizationToken")
    cloud.call("ecr", "ListImages", repositoryName=name)
    cloud.call("ecr", "DescribeImages", repositoryName=name)
    cloud.call("ecr", "DescribeImages", "ImageNotFoundException", repositoryName=name, imageIds=[{"imageTag": "v"}])
    cloud.call("ecr", "BatchGetImage", repositoryName=name, imageIds=[{"imageTag": "v"}])
    cloud.call("ecr", "DeleteRepository", repositoryName=name)


def load_balancing(cloud, tag):
    port = 20000 + int(tag[:4], 16) % 20000
    balancer = cloud.call("elbv2", "CreateLoadBalancer", Name=f"check-{tag}", Subnets=["subnet-1", "subnet-2"])[
        "LoadBalancers"][0]["LoadBalancerArn"]
    groups = [cloud.call("elbv2", "CreateTargetGroup", Name=f"check-{tag}-{n}", Protocol="HTTP", Port=80, VpcId="vpc-1",
                         TargetType="ip")["TargetGroups"][0]["TargetGroupArn"] for n in (1, 2)]
    listener = cloud.call("elbv2", "CreateListener", LoadBalancerArn=balancer, Protocol="HTTP", Port=port,
                          DefaultActions=[{"Type": "forward", "TargetGroupArn": groups[0]}])["Listeners"][0]["ListenerArn"]
    cloud.call("elbv2", "DescribeLoadBalancers", LoadBalancerArns=[balancer])
    cloud.call("elbv2", "DescribeLoadBalancers", "LoadBalancerNotFound", Names=["nowhere"])
    cloud.call("elbv2", "DescribeTargetGroups", TargetGroupArns=groups)
    cloud.call("elbv2", "DescribeTargetGroups", "TargetGroupNotFound", Names=["nowhere"])
    cloud.call("elbv2", "DescribeListeners", LoadBalancerArn=balancer)
    cloud.call("elbv2", "DescribeRules", ListenerArn=listener)
    cloud.call("elbv2", "DescribeTargetHealth", TargetGroupArn=groups[0])
    cloud.call("elbv2", "DescribeTargetGroupAttributes", TargetGroupArn=groups[0])
    cloud.call("elbv2", "ModifyListener", ListenerArn=listener, DefaultActions=[{"Type": "forward", "ForwardConfig": {
        "TargetGroups": [{"TargetGroupArn": groups[0], "Weight": 1}, {"TargetGroupArn": groups[1], "Weight": 0}]}}])
    return balancer, groups, [listener]


def ecs(cloud, tag, groups):
    cluster, family = f"check-{tag}", f"check-{tag}"
    cloud.call("ecs", "CreateCluster", clusterName=cluster)
    cloud.call("ecs", "DescribeClusters", clusters=[cluster])
    cloud.call("ecs", "ListClusters")
    definition = cloud.call("ecs", "RegisterTaskDefinition", family=family, networkMode="awsvpc", cpu="256",
                            memory="512", requiresCompatibilities=["FARGATE"], tags=[{"key": "a", "value": "b"}],
                            containerDefinitions=[{"name": "web", "image": "web:1", "essential": True,
                                                   "portMappings": [{"containerPort": 80}]}])
    arn = definition["taskDefinition"]["taskDefinitionArn"]
    cloud.call("ecs", "DescribeTaskDefinition", taskDefinition=family, include=["TAGS"])
    cloud.call("ecs", "DescribeTaskDefinition", "ClientException", taskDefinition=family + "x")
    cloud.call("ecs", "ListTaskDefinitions", familyPrefix=family)
    cloud.call("ecs", "CreateService", cluster=cluster, serviceName="web", taskDefinition=arn, desiredCount=0,
               launchType="FARGATE", deploymentController={"type": "CODE_DEPLOY"},
               loadBalancers=[{"targetGroupArn": groups[0], "containerName": "web", "containerPort": 80}],
               networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"]}})
    cloud.call("ecs", "DescribeServices", cluster=cluster, services=["web", "missing"])
    cloud.call("ecs", "DescribeServices", "ClusterNotFoundException", cluster=cluster + "x", services=["web"])
    cloud.call("ecs", "ListServices", cluster=cluster)
    cloud.call("ecs", "DescribeTaskSets", cluster=cluster, service="web")
    cloud.call("ecs", "ListTasks", cluster=cluster)
    cloud.call("ecs", "UpdateService", "InvalidParameterException", cluster=cluster, service="web", taskDefinition=arn)
    cloud.call("ecs", "DeleteService", cluster=cluster, service="web", force=True)
    cloud.call("ecs", "DeregisterTaskDefinition", taskDefinition=arn)


def codedeploy(cloud, tag):
    name = f"check-{tag}"
    cloud.call("codedeploy", "CreateApplication", applicationName=name, computePlatform="ECS")
    cloud.call("codedeploy", "CreateApplication", "ApplicationAlreadyExistsException", applicationName=name,
               computePlatform="ECS")
    cloud.call("codedeploy", "GetApplication", applicationName=name)
    cloud.call("codedeploy", "GetApplication", "ApplicationDoesNotExistException", applicationName=name + "x")
    cloud.call("codedeploy", "ListApplications")
    cloud.call("codedeploy", "ListDeploymentGroups", applicationName=name)
    cloud.call("codedeploy", "GetDeploymentGroup", "DeploymentGroupDoesNotExistException", applicationName=name,
               deploymentGroupName="x")
    cloud.call("codedeploy", "GetDeployment", "DeploymentDoesNotExistException", deploymentId="d-ABCDEFGHI")
    cloud.call("codedeploy", "ListDeployments")
    cloud.call("codedeploy", "GetDeploymentConfig", deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
    cloud.call("codedeploy", "CreateDeployment", "ApplicationNameRequiredException")
    cloud.call("codedeploy", "DeleteApplication", applicationName=name)


def stepfunctions(cloud, tag):
    name = f"check-{tag}"
    account = cloud.call("sts", "GetCallerIdentity")["Account"]
    machine = cloud.call("stepfunctions", "CreateStateMachine", name=name, roleArn=f"arn:aws:iam::{account}:role/r",
                         definition=json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}))[
        "stateMachineArn"]
    cloud.call("stepfunctions", "CreateStateMachine", "InvalidDefinition", name=name + "x", definition="{}",
               roleArn=f"arn:aws:iam::{account}:role/r")
    cloud.call("stepfunctions", "DescribeStateMachine", stateMachineArn=machine)
    cloud.call("stepfunctions", "ListStateMachines")
    execution = cloud.call("stepfunctions", "StartExecution", stateMachineArn=machine, name="one", input="{}")[
        "executionArn"]
    cloud.call("stepfunctions", "DescribeExecution", executionArn=execution)
    cloud.call("stepfunctions", "DescribeExecution", "ExecutionDoesNotExist", executionArn=execution + "x")
    cloud.call("stepfunctions", "GetExecutionHistory", executionArn=execution)
    cloud.call("stepfunctions", "ListExecutions", stateMachineArn=machine)
    cloud.call("stepfunctions", "SendTaskSuccess", "InvalidToken", taskToken="nonsense", output="{}")
    cloud.call("stepfunctions", "DeleteStateMachine", stateMachineArn=machine)


def lambda_(cloud):
    cloud.call("lambda", "ListFunctions")
    cloud.call("lambda", "GetFunction", "ResourceNotFoundException", FunctionName="nowhere")
    cloud.call("lambda", "Invoke", "ResourceNotFoundException", FunctionName="nowhere", Payload=b"{}")
