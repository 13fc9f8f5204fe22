package org.thurn.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The floors of docs/flow.md: imports point down, and rooms of one floor do not know each other.
 */
class FloorsTest {
  private static final String ROOT = "org.thurn.";

  /** From the ground up. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("name", "time"),
          List.of("net", "dns", "store", "journey"),
          List.of("tls", "message"),
          List.of("smtp", "authentication", "sasl"),
          List.of("queue", "mailbox", "sieve", "spam", "directory", "journal"),
          List.of("transfer", "delivery", "access", "user"),
          List.of("server", "admin"),
          List.of("cli", "lab"),
          List.of("main"));

  /** Imports within a floor that are allowed, each with its reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "smtp -> sasl", "AUTH is a dialogue within SMTP's dialogue (RFC 4954)",
          "server -> admin", "the assembly opens the administration's socket",
          "cli -> lab", "`thurn lab` is a command");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.thurn");

  @Test
  void importsPointDown() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(ROOT) && !allowed(room(from), room(to))) {
          wrong.add(room(from) + " -> " + room(to) + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyRoomHasItsFloor() {
    Set<String> rooms = CLASSES.stream().map(FloorsTest::room).collect(Collectors.toSet());
    assertThat(rooms).allSatisfy(room -> assertThat(floor(room)).as(room).isNotNegative());
  }

  @Test
  void everyExceptionIsNeeded() {
    Set<String> used = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(ROOT)) {
          used.add(room(from) + " -> " + room(to));
        }
      }
    }
    assertThat(used).containsAll(EXCEPTIONS.keySet());
  }

  private static boolean allowed(String from, String to) {
    return from.equals(to) || floor(to) < floor(from) || EXCEPTIONS.containsKey(from + " -> " + to);
  }

  private static int floor(String room) {
    return IntStream.range(0, FLOORS.size())
        .filter(i -> FLOORS.get(i).contains(room))
        .findFirst()
        .orElse(-1);
  }

  private static String room(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
