package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.testing.SharedData;
import org.thurn.time.Time;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The suite of openspf.org for RFC 7208, every case with its explanation. */
class OpenSpfSuiteTest {
  /** As the suite writes "there is no explanation". */
  private static final String DEFAULT = "DEFAULT";

  private record Case(String name, Map<?, ?> fields) {
    String text(String field) {
      return String.valueOf(fields.get(field));
    }

    /** The preferred result: the first of those that are allowed. */
    String result() {
      return fields.get("result") instanceof List<?> several
          ? String.valueOf(several.getFirst())
          : text("result");
    }
  }

  private record Scenario(String description, List<Case> cases, ZoneData zone) {}

  private static List<Scenario> scenarios() throws IOException {
    String text = Files.readString(SharedData.require("spf/rfc7208-tests.yml"));
    List<Scenario> scenarios = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      Map<?, ?> fields = (Map<?, ?>) document;
      List<Case> cases = new ArrayList<>();
      ((Map<?, ?>) fields.get("tests"))
          .forEach((name, test) -> cases.add(new Case(String.valueOf(name), (Map<?, ?>) test)));
      ZoneData zone = zone((Map<?, ?>) fields.get("zonedata"));
      scenarios.add(new Scenario(String.valueOf(fields.get("description")), cases, zone));
    }
    return scenarios;
  }

  private static ZoneData zone(Map<?, ?> names) {
    ZoneData zone = new ZoneData();
    names.forEach(
        (owner, entries) -> {
          List<?> list = (List<?>) entries;
          // A record given as SPF stands for TXT unless TXT is given.
          boolean txt = list.stream().anyMatch(e -> e instanceof Map<?, ?> m && has(m, "TXT"));
          for (Object entry : list) {
            add(zone, String.valueOf(owner), entry, txt);
          }
        });
    return zone;
  }

  private static boolean has(Map<?, ?> entry, String type) {
    return entry.keySet().stream().anyMatch(type::equals);
  }

  private static void add(ZoneData zone, String owner, Object entry, boolean txt) {
    if (!(entry instanceof Map<?, ?> record)) {
      assertThat(entry).isEqualTo("TIMEOUT");
      zone.silent(owner);
      return;
    }
    record.forEach(
        (type, value) -> {
          switch (String.valueOf(type)) {
            case "A" -> zone.a(owner, String.valueOf(value));
            case "AAAA" -> zone.aaaa(owner, String.valueOf(value));
            case "PTR" -> zone.ptr(owner, String.valueOf(value));
            case "CNAME" -> zone.cname(owner, String.valueOf(value));
            case "MX" -> {
              List<?> pair = (List<?>) value;
              zone.mx(owner, (Integer) pair.getFirst(), String.valueOf(pair.getLast()));
            }
            case "TXT" -> texts(zone, owner, value);
            case "SPF" -> {
              if (!txt) {
                texts(zone, owner, value);
              }
            }
            default -> throw new AssertionError("a record of type " + type);
          }
        });
  }

  private static void texts(ZoneData zone, String owner, Object value) {
    if (value instanceof List<?> strings) {
      zone.txt(owner, strings.stream().map(String::valueOf).toArray(String[]::new));
    } else if (!"NONE".equals(value)) {
      zone.txt(owner, String.valueOf(value));
    }
  }

  @TestFactory
  Stream<DynamicContainer> suite() throws IOException {
    return scenarios().stream()
        .map(
            scenario ->
                DynamicContainer.dynamicContainer(
                    scenario.description(),
                    scenario.cases().stream()
                        .map(
                            one ->
                                DynamicTest.dynamicTest(
                                    one.name(), () -> check(one, scenario.zone())))));
  }

  private static void check(Case one, ZoneData zone) {
    String sender = one.text("mailfrom");
    int at = sender.lastIndexOf('@');
    String helo = one.text("helo");
    SpfRequest request =
        sender.isEmpty()
            ? SpfRequest.helo(IpAddress.of(one.text("host")), helo)
            : new SpfRequest(
                IpAddress.of(one.text("host")),
                helo,
                Identity.MAILFROM,
                sender.substring(0, at),
                sender.substring(at + 1));
    SpfSettings settings = SpfSettings.of(Domain.of("receiver.example"));
    SpfResult result = new SpfChecker(zone, settings, Time.system()).check(request);
    assertThat(result.outcome().word()).as(result.reason()).isEqualTo(one.result());
    if (one.fields().containsKey("explanation")) {
      String wanted = one.text("explanation");
      assertThat(result.explanation())
          .isEqualTo(wanted.equals(DEFAULT) ? Optional.empty() : Optional.of(wanted));
    }
  }

  @Test
  void itHasAllItsCases() throws IOException {
    assertThat(scenarios()).hasSize(16);
    assertThat(scenarios().stream().mapToInt(s -> s.cases().size()).sum()).isEqualTo(203);
  }
}
