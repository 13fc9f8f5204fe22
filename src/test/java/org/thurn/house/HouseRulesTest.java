package org.thurn.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house rules that a machine can check. */
class HouseRulesTest {
  private static final int MAX_LINES = 400;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.thurn");

  @Test
  void noClassIsLongerThanFourHundredLines() {
    List<String> tooLong =
        Stream.of(SourceTree.MAIN, SourceTree.TESTS, SourceTree.BENCH)
            .flatMap(tree -> SourceTree.java(tree).stream())
            .filter(file -> SourceTree.text(file).lines().count() > MAX_LINES)
            .map(Path::toString)
            .toList();
    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyPackageExplainsItself() {
    List<Path> silent =
        Stream.of(SourceTree.MAIN, SourceTree.BENCH)
            .flatMap(tree -> SourceTree.java(tree).stream())
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList();
    assertThat(silent).isEmpty();
    assertThat(SourceTree.java(SourceTree.MAIN))
        .filteredOn(file -> file.endsWith("package-info.java"))
        .allSatisfy(file -> assertThat(SourceTree.text(file)).contains("/**", "@NullMarked"));
  }

  @Test
  void linesAreReadByCrlfReaderOnly() {
    noClasses().should().callMethod(BufferedReader.class, "readLine").check(CLASSES);
  }

  @Test
  void noNameIsEverLookedUpThroughThePlatform() {
    noClasses()
        .should()
        .callMethod(InetAddress.class, "getByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getAllByName", String.class)
        .orShould()
        .callMethod(InetAddress.class, "getHostName")
        .orShould()
        .callMethod(InetAddress.class, "getCanonicalHostName")
        .check(CLASSES);
  }

  @Test
  void onlyTheClockWaits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.thurn.time")
        .should()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }

  @Test
  void noMarksAreLeftInTheSources() {
    String marks = "TO" + "DO|FIX" + "ME|XX" + "X|@Dis" + "abled|printStack" + "Trace";
    assertThat(Stream.of(SourceTree.ROOT.resolve("src"), SourceTree.BENCH))
        .flatMap(SourceTree::java)
        .allSatisfy(
            file ->
                assertThat(SourceTree.text(file).lines())
                    .as(file.toString())
                    .noneMatch(line -> line.matches(".*(" + marks + ").*")));
  }
}
