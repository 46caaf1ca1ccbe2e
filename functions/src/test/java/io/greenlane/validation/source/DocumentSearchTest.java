package io.greenlane.validation.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenlane.validation.source.DocumentSearch.Sought;
import io.greenlane.validation.source.Documents.Lookup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentSearchTest {
    private final List<String> asked = new ArrayList<>();

    private Sought search(String named, Lookup answer) {
        return new DocumentSearch(uri -> {
            asked.add(uri.text());
            return answer;
        }).of(named, "shop");
    }

    @Test
    void the_named_file_is_the_one() {
        Document document = new Document("s3://bucket/v.yaml", "1", "x");

        assertThat(search(" s3://bucket/v.yaml ", new Lookup.Found(document))).isEqualTo(new Sought.File(document));
        assertThat(asked).containsExactly("s3://bucket/v.yaml");
    }

    @Test
    void without_a_name_and_without_a_file_the_built_in_default_applies() {
        assertThat(search("", new Lookup.NotThere("There is no parameter"))).isEqualTo(
                new Sought.Default("There is no parameter, so the built-in default applies"));
        assertThat(asked).containsExactly("ssm:/greenlane/shop/validation");
    }

    @Test
    void a_named_file_that_is_not_there_is_an_error() {
        assertThat(search("ssm:/greenlane/shop/validation", new Lookup.NotThere("There is no parameter")))
                .isEqualTo(new Sought.Refused("The validation file ssm:/greenlane/shop/validation is named but not "
                        + "there: There is no parameter"));
    }

    @Test
    void a_file_that_cannot_be_read_never_becomes_the_default() {
        assertThat(search("", new Lookup.Unreadable("No permission")))
                .isEqualTo(new Sought.Refused("The validation file cannot be read: No permission"));
    }

    @Test
    void the_built_in_default_can_be_asked_for() {
        assertThat(search("default:", new Lookup.NotThere(""))).isInstanceOf(Sought.Default.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_malformed_name_is_an_error() {
        assertThat(search("http://evil/", new Lookup.NotThere(""))).isInstanceOf(Sought.Refused.class);
        assertThat(asked).isEmpty();
    }
}
