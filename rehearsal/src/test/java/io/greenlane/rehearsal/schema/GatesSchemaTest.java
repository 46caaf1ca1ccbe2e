package io.greenlane.rehearsal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.greenlane.gate.reading.GatesReader;
import io.greenlane.gate.reading.GatesReader.Reading;
import io.greenlane.validation.source.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema describes gates.yaml as the reader reads it. */
class GatesSchemaTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private static final String KEY = "-----BEGIN PUBLIC KEY-----MCowBQYDK2VwAyEAtklnsR2ciU0l40RVN3GmckXzMK94Hpt3doydRCEQFLU=-----END PUBLIC KEY-----";

    private final JsonSchema schema;

    GatesSchemaTest() throws IOException {
        JsonNode text = JsonMapper.builder().build()
                .readTree(ValidationFiles.ROOT.resolve("schemas/gates.schema.json").toFile());
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
    }

    private static boolean reads(String text) {
        return GatesReader.read(new Document("gates.yaml", "", text)) instanceof Reading.Usable;
    }

    private List<String> complaints(String text) {
        return ValidationFiles.complaints(schema, ValidationFiles.yaml(text));
    }

    @Test
    void the_examples_of_the_guide_can_be_used() throws IOException {
        List<String> examples = YAML.matcher(Files.readString(ValidationFiles.ROOT.resolve("docs/gates.md"))).results()
                .map(found -> found.group(1)).toList();

        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            assertThat(reads(example)).isTrue();
            assertThat(complaints(example)).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"version: 1", "{version: 1, approval: {}}", "{version: 1, approval: {wait: 7d}}",
            "{version: 1, platform: false, alarms: {}}",
            "{version: 1, alarms: {deployment_group: false, names: [a, b], wait: 168h}}",
            "{version: 1, alarms: {wait: 10080m}}", "{version: 1, alarms: {wait: 1m}}",
            "{version: 1, scan: {}}", "{version: 1, scan: {most: {}, wait: 2h}}",
            "{version: 1, scan: {most: {critical: 0, undefined: 10000}, allow: [{cve: CVE-2026-1, reason: x, until: '2026-06-30'}]}}",
            "{version: 1, signature: {signer_profiles: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci']}}",
            "{version: 1, signature: {cosign: {keys: [{name: 'build server', pem: '" + KEY + "'}]}}}",
            "{version: 1, signature: {cosign: {keys: [{name: ci, pem: ' " + KEY + " '}]}, wait: 2h, signer_profiles:"
                    + " ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/ci']}}",
            "{version: 1, freeze: {weekly: [{days: [mon], from: '00:00', to: '24:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {dates: [{from: '2026-01-01T00:00', to: '2026-01-01T00:00:01', zone: UTC, reason: x}]}}"})
    void both_accept(String text) {
        assertThat(reads(text)).isTrue();
        assertThat(complaints(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "version: 2", "version: '1'", "[]", "{version: 1, platform: 1}",
            "{version: 1, scans: {}}", "{version: 1, scan: []}", "{version: 1, scan: {most: {critical: -1}}}",
            "{version: 1, scan: {most: {critical: 10001}}}", "{version: 1, scan: {most: {severe: 0}}}",
            "{version: 1, scan: {allow: [{cve: CVE-2026-1, reason: x}]}}",
            "{version: 1, scan: {allow: [{cve: CVE-2026-1, reason: '', until: '2026-06-30'}]}}",
            "{version: 1, scan: {allow: [{cve: 'a b', reason: x, until: '2026-06-30'}]}}",
            "{version: 1, scan: {allow: [{cve: CVE-2026-1, reason: x, until: June}]}}", "{version: 1, signature: {}}",
            "{version: 1, signature: {signer_profiles: []}}", "{version: 1, signature: {signer_profiles: [ci]}}",
            "{version: 1, signature: {wait: 1h}}", "{version: 1, signature: {cosign: {}}}",
            "{version: 1, signature: {cosign: {keys: []}}}", "{version: 1, signature: {cosign: {keys: [{name: ci}]}}}",
            "{version: 1, signature: {cosign: {keys: [{pem: '" + KEY + "'}]}}}",
            "{version: 1, signature: {cosign: {keys: [{name: '', pem: '" + KEY + "'}]}}}",
            "{version: 1, signature: {cosign: {keys: [{name: ci, pem: 'awskms:///alias/ci'}]}}}",
            "{version: 1, alarms: []}", "{version: 1, alarms: {names: a}}",
            "{version: 1, alarms: {names: ['']}}", "{version: 1, alarms: {names: [' ']}}",
            "{version: 1, alarms: {names: [1]}}", "{version: 1, alarms: {wait: 0m}}",
            "{version: 1, alarms: {wait: 8d}}", "{version: 1, alarms: {wait: 169h}}",
            "{version: 1, alarms: {wait: 10081m}}", "{version: 1, alarms: {wait: 30s}}",
            "{version: 1, alarms: {wait: 30}}", "{version: 1, freeze: {}}", "{version: 1, freeze: {wait: 1d}}",
            "{version: 1, freeze: {weekly: [{days: [], from: '16:00', to: '24:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {weekly: [{days: [friday], from: '16:00', to: '24:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {weekly: [{days: [fri], from: '16', to: '24:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {weekly: [{from: '16:00', to: '24:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {dates: [{from: '2026-01-01', to: '2026-01-02T00:00', zone: UTC, reason: x}]}}",
            "{version: 1, freeze: {dates: [{from: '2026-01-01T00:00', to: '2026-01-02T00:00', zone: UTC, reason: ''}]}}",
            "{version: 1, freeze: {dates: [{from: '2026-01-01T00:00', to: '2026-01-02T00:00', zone: UTC}]}}"})
    void both_refuse(String text) {
        assertThat(reads(text)).isFalse();
        assertThat(complaints(text)).isNotEmpty();
    }
}
