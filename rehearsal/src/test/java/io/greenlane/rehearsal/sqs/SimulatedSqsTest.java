package io.greenlane.rehearsal.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.endpoint.LocalClients;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

final class SimulatedSqsTest {
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimulatedSqs sqs = new SimulatedSqs(new Account("111122223333", "eu-west-1"), timeline, new Random(1),
            () -> URI.create("http://127.0.0.1:4566"));
    private final String url = sqs.createQueue(create -> create.queueName("letters")).queueUrl();

    @Test
    void a_received_message_is_hidden_and_comes_back_unless_it_is_deleted() {
        sqs.sendMessage(send -> send.queueUrl(url).messageBody("hello"));
        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages()).singleElement()
                .satisfies(message -> {
                    assertThat(message.body()).isEqualTo("hello");
                    assertThat(message.md5OfBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
                });
        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages()).isEmpty();

        timeline.advance(Duration.ofSeconds(30));
        String handle = sqs.receiveMessage(receive -> receive.queueUrl(url)).messages().getFirst().receiptHandle();
        sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(handle));
        timeline.advance(Duration.ofSeconds(30));
        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages()).isEmpty();
    }

    @Test
    void attributes_count_what_is_visible_and_what_is_not() {
        sqs.sendMessage(send -> send.queueUrl(url).messageBody("one"));
        sqs.sendMessage(send -> send.queueUrl(url).messageBody("two"));
        sqs.receiveMessage(receive -> receive.queueUrl(url));
        assertThat(sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings()).containsEntry("ApproximateNumberOfMessages", "1")
                .containsEntry("ApproximateNumberOfMessagesNotVisible", "1")
                .containsEntry("QueueArn", "arn:aws:sqs:eu-west-1:111122223333:letters");
    }

    @Test
    void a_queue_that_does_not_exist_and_a_second_one_of_other_attributes_are_refused() {
        assertThatThrownBy(() -> sqs.sendMessage(send -> send.queueUrl("http://x/none").messageBody("x")))
                .isInstanceOf(QueueDoesNotExistException.class).hasMessageContaining("http://x/none");
        assertThatThrownBy(() -> sqs.createQueue(create -> create.queueName("letters")
                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "5"))))
                .isInstanceOf(QueueNameExistsException.class);
    }

    @Test
    void the_clients_own_sums_agree_with_what_was_sent_and_received() {
        SqsClient client = LocalClients.of(sqs).client(SqsClient.builder());
        var trace = MessageAttributeValue.builder().dataType("String").stringValue("t-1").build();
        client.sendMessage(send -> send.queueUrl(url).messageBody("one").messageAttributes(Map.of("trace", trace)));
        var second = SendMessageBatchRequestEntry.builder().id("a").messageBody("two").build();
        client.sendMessageBatch(send -> send.queueUrl(url).entries(second));
        assertThat(client.receiveMessage(
                receive -> receive.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All")).messages())
                .extracting(Message::body).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void an_error_arrives_with_the_code_of_the_query_protocol() {
        SqsClient client = LocalClients.of(sqs).client(SqsClient.builder());
        assertThatThrownBy(() -> client.sendMessage(send -> send.queueUrl("http://x/none").messageBody("x")))
                .isInstanceOfSatisfying(QueueDoesNotExistException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
    }
}
