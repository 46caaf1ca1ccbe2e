package io.greenlane.rehearsal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Directions inside the local cloud. */
class ArchitectureTest {
    private static final JavaClasses REHEARSAL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.greenlane.rehearsal");

    @Test
    void packages_form_no_circles() {
        slices().matching("io.greenlane.rehearsal.(*)..").should().beFreeOfCycles().check(REHEARSAL);
    }

    @Test
    void services_know_neither_the_command_nor_the_templates_nor_the_whole() {
        noClasses().that().resideOutsideOfPackages("io.greenlane.rehearsal", "io.greenlane.rehearsal.show..",
                "io.greenlane.rehearsal.template..").should().dependOnClassesThat(
                        resideInAPackage("io.greenlane.rehearsal.show..")
                                .or(resideInAPackage("io.greenlane.rehearsal.template.."))
                                .or(resideInAPackage("io.greenlane.rehearsal")))
                .check(REHEARSAL);
    }

    @Test
    void services_ask_the_timeline_for_the_time() {
        noClasses().that().resideOutsideOfPackages("io.greenlane.rehearsal", "io.greenlane.rehearsal.cloud..",
                "io.greenlane.rehearsal.show..").should().callMethod(Instant.class, "now").orShould()
                .callMethod(Clock.class, "instant").orShould().callMethod(System.class, "currentTimeMillis")
                .check(REHEARSAL);
    }

    @Test
    void the_local_cloud_does_not_know_the_functions_it_runs() {
        noClasses().that().resideOutsideOfPackage("io.greenlane.rehearsal.show..").should()
                .dependOnClassesThat(resideInAPackage("io.greenlane..")
                        .and(com.tngtech.archunit.base.DescribedPredicate
                                .not(resideInAPackage("io.greenlane.rehearsal.."))))
                .check(REHEARSAL);
    }

    /** So that its image, which has its classes alone, needs no bill of materials. JSpecify's annotations are not looked up. */
    @Test
    void the_sample_website_needs_nothing_but_the_jdk() {
        classes().that().resideInAPackage("io.greenlane.sample..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "com.sun.net.httpserver", "io.greenlane.sample..",
                        "org.jspecify.annotations")
                .check(new ClassFileImporter().importPackages("io.greenlane.sample"));
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        assertThat(REHEARSAL.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(
                        one -> assertThat(one.tryGetAnnotationOfType(NullMarked.class)).as(one.getName()).isPresent());
    }
}
