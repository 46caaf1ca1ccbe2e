package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;

class StackDeployerTest {
    private final RecordingCloud cloud = new RecordingCloud();

    @TempDir
    Path folder = Path.of("");

    private Stack deploy(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), yaml);
        return new StackDeployer(new Account("111122223333", "eu-west-1"), cloud.clients()).deploy("shop", file,
                Map.of());
    }

    @Test
    void resources_are_created_after_those_they_need() throws IOException {
        Stack stack = deploy("""
                Resources:
                  Last: {Type: 'AWS::SNS::Topic', DependsOn: [Policy], Properties: {DisplayName: !Sub '${First.TopicName}'}}
                  Policy: {Type: 'AWS::SNS::TopicPolicy', Properties: {Topics: [!Ref First], PolicyDocument: {Statement: []}}}
                  First: {Type: 'AWS::SNS::Topic'}
                """);

        assertThat(stack.resources().keySet()).containsExactly("First", "Policy", "Last");
        assertThat(cloud.requests(CreateTopicRequest.class)).extracting(CreateTopicRequest::name)
                .containsExactly("shop-First", "shop-Last");
        assertThat(cloud.requests(CreateTopicRequest.class).getLast().attributes()).containsEntry("DisplayName",
                "shop-First");
    }

    @Test
    void a_resource_whose_condition_does_not_hold_is_not_created() throws IOException {
        Stack stack = deploy("""
                Conditions: {Never: !Equals [a, b]}
                Resources:
                  Kept: {Type: 'AWS::SNS::Topic'}
                  Left: {Type: 'AWS::SNS::Topic', Condition: Never}
                Outputs:
                  Kept: {Value: !Ref Kept}
                  Left: {Condition: Never, Value: !Ref Left}
                """);

        assertThat(stack.resources()).containsOnlyKeys("Kept");
        assertThat(stack.outputs()).containsOnlyKeys("Kept");
    }

    @Test
    void a_long_name_is_cut_and_stays_different() throws IOException {
        Stack stack = deploy("""
                Resources:
                  AVeryLongLogicalIdOfATargetGroupNumberOne: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup'}
                  AVeryLongLogicalIdOfATargetGroupNumberTwo: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup'}
                """);

        assertThat(stack.resources().values()).extracting(Stack.Resource::physicalId).doesNotHaveDuplicates()
                .allSatisfy(arn -> assertThat(arn).matches(".*/[^/]{32}/[^/]*"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{Type: 'AWS::Kinesis::Stream'} | Resource R has the type AWS::Kinesis::Stream, which the local cloud does not provision",
            "{Type: 'AWS::SNS::Topic', Properties: {FifoTopic: true}} | Resource R has a property that the local cloud does not provision: FifoTopic",
            "{Type: 'AWS::ECS::Service', Properties: {Clutser: x}} | Resource R has a property that the local cloud does not provision: Clutser",
            "{Type: 'AWS::ECS::Service', Properties: {LoadBalancers: [{Port: 1}]}} | Resource R, property LoadBalancers has a property that the local cloud does not provision: Port",
            "{Type: 'AWS::ECS::Service', Properties: {DesiredCount: many}} | Resource R, property DesiredCount must be a number, got many",
            "{Type: 'AWS::SNS::Topic', Properties: {DisplayName: !GetAtt R2.Nothing}} | the attribute Nothing of R2",
            "{Type: 'AWS::SNS::Topic', Properties: {DisplayName: !Ref Missing}} | there is no parameter or resource Missing",
            "{Type: 'AWS::SNS::Topic', Properties: {DisplayName: !ImportValue x}} | Fn::ImportValue is not provisioned",
            "{Type: 'AWS::SNS::Topic', CreationPolicy: {}} | Resource R: the local cloud does not know the attribute CreationPolicy",
            "{Type: 'AWS::SNS::Topic', Properties: {DisplayName: !Ref R}} | Circular dependency between resources: R -> R",
            "{Type: 'AWS::SNS::Topic', Condition: Maybe} | there is no condition Maybe",
            "{Type: 'AWS::Lambda::Function', Properties: {Runtime: python3.13, Handler: a, Code: b, Role: c}} | the runtime python3.13"})
    void what_cannot_be_provisioned_is_named(String resource, String message) {
        assertThatThrownBy(() -> deploy("Resources:\n  R2: {Type: 'AWS::SNS::Topic'}\n  R: " + resource))
                .isInstanceOf(TemplateException.class).hasMessageContaining(message);
    }

    @Test
    void a_property_that_is_only_recorded_stays_readable() throws IOException {
        Stack stack = deploy("""
                Resources:
                  Group:
                    Type: AWS::EC2::SecurityGroup
                    Properties: {GroupDescription: d, VpcId: vpc-1, SecurityGroupIngress: [{FromPort: 80}]}
                """);

        assertThat(stack.resources().get("Group")).isNotNull()
                .satisfies(group -> assertThat(group.properties()).containsKey("SecurityGroupIngress"))
                .satisfies(group -> assertThat(group.physicalId()).matches("sg-[0-9a-f]{8}"));
    }
}
