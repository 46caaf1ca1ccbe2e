package io.greenlane;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Directions inside the functions: lambda to aws to concepts, and concepts on the JDK alone. */
class ArchitectureTest {
    private static final String LAMBDA = "io.greenlane.lambda..";
    private static final String AWS = "io.greenlane.aws..";
    /** Libraries besides the JDK that concepts may stand on, each with the package that may. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "org.semver4j..", "io.greenlane.image..",
            "com.fasterxml.jackson..", "io.greenlane.json..",
            "org.apache.hc..", "io.greenlane.probe..",
            "org.snakeyaml..", "io.greenlane.validation.rules..",
            "com.jayway.jsonpath..", "io.greenlane.validation..",
            "com.google.re2j..", "io.greenlane.validation..",
            "org.HdrHistogram..", "io.greenlane.validation.analysis..",
            "org.apache.commons.statistics..", "io.greenlane.validation.comparison..");
    private static final JavaClasses FUNCTIONS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.greenlane");

    @Test
    void concepts_stand_on_the_jdk_alone() {
        noClasses().that().resideOutsideOfPackages(LAMBDA, AWS).should().dependOnClassesThat(
                com.tngtech.archunit.base.DescribedPredicate
                        .not(resideInAnyPackage("io.greenlane..", "java..", "javax..",
                                "org.jspecify.annotations.."))
                        .and(com.tngtech.archunit.base.DescribedPredicate
                                .not(resideInAnyPackage(LIBRARIES.keySet().toArray(String[]::new)))))
                .check(FUNCTIONS);
    }

    @Test
    void each_library_has_its_one_place() {
        assertThat(LIBRARIES).allSatisfy((library, place) -> noClasses().that().resideOutsideOfPackages(place).should()
                .dependOnClassesThat().resideInAnyPackage(library).check(FUNCTIONS));
    }

    @Test
    void the_validation_engine_knows_nothing_of_codedeploy_and_releases() {
        noClasses().that().resideInAnyPackage("io.greenlane.validation..", "io.greenlane.probe..").should()
                .dependOnClassesThat().resideInAnyPackage("io.greenlane.deployment..", "io.greenlane.release..",
                        "io.greenlane.hook..")
                .check(FUNCTIONS);
    }

    @Test
    void concepts_know_neither_adapters_nor_entry_classes() {
        noClasses().that().resideOutsideOfPackages(LAMBDA, AWS).should().dependOnClassesThat()
                .resideInAnyPackage(LAMBDA, AWS).check(FUNCTIONS);
    }

    @Test
    void adapters_know_no_entry_class_and_nothing_of_lambda() {
        noClasses().that().resideInAPackage(AWS).should().dependOnClassesThat()
                .resideInAnyPackage(LAMBDA, "com.amazonaws..").check(FUNCTIONS);
    }

    @Test
    void packages_form_no_circles() {
        slices().matching("io.greenlane.(*)..").should().beFreeOfCycles().check(FUNCTIONS);
    }

    @Test
    void an_entry_class_is_final_and_keeps_nothing_between_calls() {
        classes().that().containAnyMethodsThat(name("handleRequest")).should().resideInAPackage(LAMBDA).andShould()
                .haveModifier(JavaModifier.FINAL).andShould().haveOnlyFinalFields().check(FUNCTIONS);
    }

    @Test
    void only_settings_and_entry_classes_see_the_environment() {
        noClasses().that().resideOutsideOfPackages(LAMBDA).should().callMethod(System.class, "getenv").orShould()
                .callMethod(System.class, "getenv", String.class).check(FUNCTIONS);
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        assertThat(FUNCTIONS.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(
                        one -> assertThat(one.tryGetAnnotationOfType(NullMarked.class)).as(one.getName()).isPresent());
    }
}
