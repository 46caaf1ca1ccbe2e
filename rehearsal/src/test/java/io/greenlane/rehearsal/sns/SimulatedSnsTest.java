package io.greenlane.rehearsal.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenlane.rehearsal.cloud.Account;
import io.greenlane.rehearsal.cloud.Journal;
import io.greenlane.rehearsal.cloud.VirtualTimeline;
import io.greenlane.rehearsal.sqs.SimulatedSqs;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;

final class SimulatedSnsTest {
    private final Account account = new Account("111122223333", "eu-west-1");
    private final VirtualTimeline timeline = new VirtualTimeline(Instant.parse("2026-01-01T00:00:00Z"));
    private final Journal journal = new Journal(timeline);
    private final SimulatedSqs sqs = new SimulatedSqs(account, timeline, new Random(1),
            () -> URI.create("http://127.0.0.1:4566"));
    private final List<String> invocations = new ArrayList<>();
    private final SimulatedSns sns = new SimulatedSns(account, timeline, journal, new Random(2), sqs,
            (function, payload, done) -> invocations.add(function + " " + payload));
    private final String topic = sns.createTopic(create -> create.name("outcomes")).topicArn();

    @Test
    void a_message_reaches_queues_functions_and_mail() {
        List<Journal.Entry> mails = new ArrayList<>();
        journal.follow(entry -> {
            if (entry.kind().equals("MailSent")) {
                mails.add(entry);
            }
        });
        String url = sqs.createQueue(create -> create.queueName("inbox")).queueUrl();
        sns.subscribe(
                to -> to.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:eu-west-1:111122223333:inbox"));
        sns.subscribe(to -> to.topicArn(topic).protocol("lambda").endpoint("Watcher"));
        sns.subscribe(to -> to.topicArn(topic).protocol("email").endpoint("ops@example.test"));

        sns.publish(publish -> publish.topicArn(topic).subject("v2 is live").message("{\"outcome\":\"DEPLOYED\"}"));
        timeline.advance(Duration.ZERO);

        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages()).singleElement()
                .satisfies(message -> assertThat(message.body()).contains("\"Subject\":\"v2 is live\"")
                        .contains("\"Message\":\"{\\\"outcome\\\":\\\"DEPLOYED\\\"}\""));
        assertThat(invocations).singleElement().asString()
                .startsWith("Watcher {\"Records\":[{\"EventSource\":\"aws:sns\"");
        assertThat(mails).singleElement()
                .satisfies(mail -> assertThat(mail.sentence()).isEqualTo("Mail to ops@example.test: v2 is live"));
    }

    @Test
    void subjects_of_more_than_a_line_and_unknown_topics_are_refused() {
        assertThatThrownBy(() -> sns.publish(publish -> publish.topicArn(topic).subject("a\nb").message("x")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> sns.publish(publish -> publish.topicArn(topic + "x").message("x")))
                .isInstanceOf(NotFoundException.class).hasMessageContaining("outcomesx");
    }

    @Test
    void subscribing_twice_is_one_subscription() {
        String first = sns.subscribe(to -> to.topicArn(topic).protocol("email").endpoint("a@example.test"))
                .subscriptionArn();
        String second = sns.subscribe(to -> to.topicArn(topic).protocol("email").endpoint("a@example.test"))
                .subscriptionArn();
        assertThat(second).isEqualTo(first);
        assertThat(sns.listSubscriptions().subscriptions()).hasSize(1);
    }
}
