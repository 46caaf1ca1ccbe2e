package io.greenlane.rehearsal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the console shows of the parameters of the shipped templates. */
class InterfaceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<Path> templates() {
        return List.of(ShippedTemplates.main(), ShippedTemplates.sampleWebsite());
    }

    private static JsonNode shown(Path template) throws IOException {
        return JSON.valueToTree(TemplateReader.read(Files.readString(template), template.toString()))
                .at("/Metadata/AWS::CloudFormation::Interface");
    }

    private static Set<String> declared(Path template) {
        return Template.read(template).parameters().keySet();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void every_parameter_stands_in_one_group(Path template) throws IOException {
        List<String> grouped = Reviewed.items(shown(template).path("ParameterGroups"))
                .flatMap(group -> Reviewed.items(group.path("Parameters"))).map(JsonNode::asText).toList();

        assertThat(grouped).containsExactlyInAnyOrderElementsOf(declared(template));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void every_parameter_and_every_group_has_a_label_of_its_own(Path template) throws IOException {
        Map<String, JsonNode> labels = JSON.convertValue(shown(template).path("ParameterLabels"),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, JsonNode.class));

        assertThat(labels.keySet()).isEqualTo(declared(template));
        assertThat(labels.values().stream().map(label -> label.path("default").asText())).doesNotHaveDuplicates()
                .allMatch(label -> !label.isBlank());
        assertThat(Reviewed.items(shown(template).path("ParameterGroups"))
                .map(group -> group.at("/Label/default").asText())).doesNotHaveDuplicates()
                .allMatch(label -> !label.isBlank());
    }
}
