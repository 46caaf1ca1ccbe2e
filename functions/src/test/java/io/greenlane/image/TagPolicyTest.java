package io.greenlane.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPolicyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            exact:latest        # latest       # true
            exact:latest        # Latest       # false
            exact:latest        # latest2      # false
            glob:*              # anything     # true
            glob:v*             # v1           # true
            glob:v*             # v            # true
            glob:v*             # rc-v1        # false
            glob:v?.?           # v1.2         # true
            glob:v?.?           # v10.2        # false
            glob:*-release      # 7-release    # true
            glob:*-release      # 7-release-2  # false
            glob:a*b*c          # aXbYbZc      # true
            glob:a*b*c          # aXcYb        # false
            glob:v1.2           # v1x2         # false
            regex:v[0-9]+       # v12          # true
            regex:v[0-9]+       # v12-rc       # false
            regex:v[0-9]+       # rv12         # false
            regex:main-[0-9a-f]{7,40} # main-0a1b2c3 # true
            regex:main-[0-9a-f]{7,40} # main-0a1b2c  # false
            regex:v[0-9]{2,}    # v123         # true
            regex:(a{100}){100} # a            # false
            semver:^1.2.0       # 1.2.0        # true
            semver:^1.2.0       # v1.9.9       # true
            semver:^1.2.0       # 2.0.0        # false
            semver:^1.2.0       # 1.1.9        # false
            semver:^1.2.0       # 1.2          # false
            semver:^1.2.0       # latest       # false
            semver:^1.2.0       # build-1.2.3  # false
            semver:^1.2.0       # 1.3.0-rc.1   # false
            semver:>=1.3.0-rc.0 <2.0.0 # 1.3.0-rc.1 # true
            semver:1.x || >=3.0.0 # 1.7.0      # true
            semver:1.x || >=3.0.0 # 2.7.0      # false
            semver:1.x || >=3.0.0 # 3.0.0      # true
            semver:*            # 0.0.1        # true
            """)
    void takes_the_tags_of_its_rule(String rule, String tag, boolean taken) {
        TagDecision decision = TagPolicy.parse(rule).decide(new Tag(tag), List::of);

        if (taken) {
            assertThat(decision).isEqualTo(new TagDecision.Taken(rule));
        } else {
            assertThat(decision).isInstanceOfSatisfying(TagDecision.NotTaken.class,
                    not -> assertThat(not.reason()).contains(rule));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1.2.0 | 1.2.0 1.1.0       | -
            1.2.0 | 1.2.0 1.3.0       | 1.3.0
            1.2.0 | 1.2.0 v1.10.0 1.9.9 | v1.10.0
            1.2.0 | 1.2.0 2.0.0       | -
            1.2.0 | 1.2.0 1.3.0-rc.1  | -
            1.2.0 | v1.2.0            | -
            1.2.0 | latest main-123 1.4 | -
            1.9.9 | 1.10.0 1.9.9      | 1.10.0
            1.2.0 | 1.2.1-99999999999999999999999999 99999999999.0.0 | -
            """)
    void the_newest_version_in_the_range_wins(String pushed, String held, String newer) {
        TagDecision decision = TagPolicy.parse("semver:^1.0.0").decide(new Tag(pushed), () -> tags(held));

        assertThat(decision).isEqualTo(newer == null
                ? new TagDecision.Taken("semver:^1.0.0")
                : new TagDecision.NotTaken(
                        "the repository holds '" + newer + "', which is newer in semver:^1.0.0"));
    }

    @Test
    void a_version_with_a_number_that_is_too_long_is_none() {
        TagPolicy policy = TagPolicy.parse("semver:>=1.0.0-0");

        assertThat(policy.decide(new Tag("1.0.0-" + "9".repeat(40)), List::of))
                .isEqualTo(new TagDecision.NotTaken("it is no semantic version, as semver:>=1.0.0-0 wants"));
        assertThat(policy.decide(new Tag("1.0.0-1"), () -> tags("1.0.0-" + "9".repeat(40))))
                .isInstanceOf(TagDecision.Taken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", ":x", "exact:", "exact:a b", "glob:", "regex:(", "regex:[a",
            "regex:a{5}{2001}", "regex:(a{1,101}){100}", "regex:(a{100}){100}{2}",
            "regex:(((a{99}){99}){99}){99}", "semver:", "semver:banana", "semver:1.2.3.4.5",
            "semver:>=1.0.0 <banana", "semver:latest", "semver:^99999999999", "semver:||", "semver:1.0.0 ||",
            "wildcard:*", "EXACT:x"})
    void a_rule_that_cannot_be_used_is_refused(String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> TagPolicy.parse(rule));
    }

    @Test
    void a_rule_that_is_too_long_is_refused_and_shown_cut() {
        String longest = "glob:" + "x".repeat(TagPolicy.LONGEST - "glob:".length());
        assertThat(TagPolicy.parse(longest).text()).isEqualTo(longest);

        assertThatIllegalArgumentException().isThrownBy(() -> TagPolicy.parse("glob:" + "x".repeat(5000)))
                .withMessageContaining("(5005 characters)").withMessageContaining("at most 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regex:(a+)+b", "regex:(a|aa)+b", "regex:(a*)*b", "regex:(.*a){12}b", "regex:(?:a?){128}b",
            "regex:(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)\\9b", "regex:(?=(a+))\\1*b", "glob:a*a*a*a*a*a*a*a*a*a*a*a*b"})
    void a_catastrophic_rule_is_decided_in_bounded_time(String rule) {
        TagDecision decision = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10),
                () -> TagPolicy.parse(rule).decide(new Tag("a".repeat(128)), List::of));

        assertThat(decision).isInstanceOf(TagDecision.NotTaken.class);
    }

    @Test
    void only_a_rule_that_compares_asks_for_the_tags_of_the_repository() {
        TagPolicies policies = new TagPolicies(
                Stream.of("exact:latest", "glob:v*", "regex:x+").map(TagPolicy::parse).toList());

        assertThat(policies.decide(new Tag("v1"), TagPolicyTest::asked)).isEqualTo(new TagDecision.Taken("glob:v*"));
        assertThat(policies.decide(new Tag("main"), TagPolicyTest::asked)).isEqualTo(new TagDecision.NotTaken(
                "it does not match exact:latest, it does not match glob:v*, it does not match regex:x+"));
    }

    @Test
    void a_service_without_rules_takes_any_tag() {
        assertThat(TagPolicies.ANY.decide(new Tag("whatever"), TagPolicyTest::asked))
                .isEqualTo(new TagDecision.Taken("any tag"));
    }

    private static Collection<Tag> asked() {
        return fail("asked for the tags");
    }

    private static List<Tag> tags(String texts) {
        return Stream.of(texts.split(" ")).map(Tag::new).toList();
    }
}
