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
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Directions inside the functions: lambda to aws to concepts, and concepts on the JDK alone. */
class ArchitectureTest {
    private static final String LAMBDA = "io.greenlane.lambda..";
    private static final String AWS = "io.greenlane.aws..";
    private static final JavaClasses FUNCTIONS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.greenlane");

    @Test
    void concepts_stand_on_the_jdk_alone() {
        noClasses().that().resideOutsideOfPackages(LAMBDA, AWS).should().dependOnClassesThat(
                com.tngtech.archunit.base.DescribedPredicate
                        .not(resideInAnyPackage("io.greenlane..", "java..", "javax..",
                                "org.jspecify.annotations..", "org.semver4j..")))
                .check(FUNCTIONS);
        noClasses().that().resideOutsideOfPackages("io.greenlane.image..").should().dependOnClassesThat()
                .resideInAnyPackage("org.semver4j..").check(FUNCTIONS);
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
