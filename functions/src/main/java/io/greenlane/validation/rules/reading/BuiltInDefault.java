package io.greenlane.validation.rules.reading;

import io.greenlane.json.Json;
import io.greenlane.validation.ExpectedStatus;
import io.greenlane.validation.rules.Reading;
import io.greenlane.validation.rules.Variables;
import io.greenlane.validation.rules.yaml.Units;
import io.greenlane.validation.source.LogFiles.Opening;
import io.greenlane.validation.source.Secrets.SecretUnavailableException;
import java.time.Duration;
import java.util.Map;

/**
 * What is validated when a service has no validation.yaml: one page, and that page against production.
 *
 * @param host in the Host header of its requests, for which certificates are verified; empty for the listener's own name
 * @param path of the page, with its query if any
 * @param status what it must answer with
 * @param readyWithin how long green may take until it can be proven; counts from a second to {@value #LONGEST_READY} minutes
 */
public record BuiltInDefault(String host, String path, ExpectedStatus status, Duration readyWithin) {
    /** As places have it. */
    public static final String SOURCE = "built-in default";
    private static final int LONGEST_READY = 40;

    /** Its rules, or what is wrong with the settings. */
    public Reading read() {
        return new RulesReader(new Variables(Map.of(), name -> {
            throw new SecretUnavailableException("There are no secrets in the built-in default");
        }), uri -> new Opening.Unavailable("There are no access logs in the built-in default"), 0).read(SOURCE, null,
                false,
                text());
    }

    /**
     * The YAML text. Three good answers in a row make the page good, as one may be luck. The comparison is modest, because nobody has said how
     * much traffic the service bears: 10 requests a second for 30 seconds are 300, of which 200 are enough to see an error rate
     * of a few percent. The tolerances are wide, because nobody has said what matters: only growth that every owner would want to
     * hear of stops a deployment. Bodies are left alone, since a new version may change the page. When production is too unwell
     * to compare with, that is a warning: the deployment may be the one that repairs it, and the check must pass all the same.
     */
    String text() {
        return """
                version: 1
                defaults: { headers: { %4$s } }
                hooks:
                  AfterAllowTestTraffic: { checks: [page], ready_within: %1$s, within: 45m }
                  BeforeAllowTraffic: { checks: [page], analyses: [side-by-side], ready_within: %1$s, within: 45m }
                  AfterAllowTraffic: { checks: [page], ready_within: %1$s, within: 45m }
                checks:
                  page:
                    request: %2$s
                    retry: { attempts: 10, every: 2s, in_a_row: 3 }
                    expect: { status: %3$s }
                analyses:
                  side-by-side:
                    traffic: { requests: [ %2$s ], rate: 10/s, duration: 30s, warm_up: 5s }
                    min_samples: 200
                    baseline:
                      confidence: 99%%
                      learn: 50
                      compare:
                        error_rate: { max_increase: 2%% }
                        latency: { max_increase: 50%%, ignore_below: 50ms }
                        status: true
                        headers: [ content-type ]
                        bodies: false
                    when_inconclusive: warn
                """.formatted(Units.text(bounded()), Json.text("GET " + path),
                "[ " + status.toString().replace(",", ", ") + " ]",
                host.isEmpty() ? "" : "host: " + Json.text(host));
    }

    private Duration bounded() {
        Duration longest = Duration.ofMinutes(LONGEST_READY);
        Duration shortest = Duration.ofSeconds(1);
        if (readyWithin.compareTo(longest) > 0) {
            return longest;
        }
        return readyWithin.compareTo(shortest) < 0 ? shortest : readyWithin;
    }
}
