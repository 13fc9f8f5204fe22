package org.thurn.tls.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.MxPattern;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsStatus;

/** The table of docs/tls-policy.md: each of its combinations, and each of its rows. */
class TlsPolicyTableTest {
  private static final Domain DOMAIN = Domain.of("there.example");
  private static final Domain HOST = Domain.of("mx.host.example");
  private static final DnsName BASE = DnsName.of(HOST);
  private static final RecordData.Tlsa RECORD = new RecordData.Tlsa(3, 1, 1, "ab".repeat(32));

  /** A line of the table: five voices, and what comes of them. */
  private record Row(List<String> voices, String demand, String otherwise) {
    boolean fits(List<String> combination) {
      for (int i = 0; i < voices.size(); i++) {
        if (!voices.get(i).equals("any") && !voices.get(i).equals(combination.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<List<String>> VOICES =
      List.of(
          List.of("usual", "required", "not-required"),
          List.of("none", "opportunistic", "encrypt", "verify", "dane-only"),
          List.of("proven", "unproven"),
          List.of("none", "usable", "unusable", "failed"),
          List.of("none", "testing", "enforce", "other"));

  private static List<Row> table() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/tls-policy.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 9 && !cells[1].isBlank() && !cells[1].contains("---")) {
        List<String> words = Arrays.stream(cells).skip(1).limit(7).map(String::strip).toList();
        rows.add(new Row(words.subList(0, 5), words.get(5), words.get(6)));
      }
    }
    return rows.subList(1, rows.size()); // without its head
  }

  static Stream<List<String>> combinations() {
    Stream<List<String>> all = Stream.of(List.of());
    for (List<String> voice : VOICES) {
      all = all.flatMap(so -> voice.stream().map(word -> append(so, word)));
    }
    return all;
  }

  private static List<String> append(List<String> so, String word) {
    List<String> longer = new ArrayList<>(so);
    longer.add(word);
    return longer;
  }

  private static Row row(List<String> combination) throws IOException {
    return table().stream().filter(row -> row.fits(combination)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void isWhatTheTableSays(List<String> combination) throws IOException {
    TlsPolicy policy =
        new TlsPolicy(
            DOMAIN,
            combination.get(2).equals("proven"),
            Level.valueOf(constant(combination.get(1))),
            Wish.valueOf(constant(combination.get(0))),
            sts(combination.get(4)));
    HostPolicy decided = policy.of(HOST, dane(combination.get(3)));
    Row row = row(combination);
    assertThat(demand(decided)).as(row.toString()).isEqualTo(row.demand());
    assertThat(decided.reason()).isNotBlank();
    boolean forEver = decided instanceof HostPolicy.Avoid avoid && avoid.forEver();
    assertThat(row.otherwise().contains("returned")).isEqualTo(forEver);
    boolean clear = decided instanceof HostPolicy.Use use && !use.requirement().mandatory();
    assertThat(row.otherwise().isEmpty() || row.otherwise().equals("clear")).isEqualTo(clear);
  }

  @Test
  void everyRowIsNeeded() throws IOException {
    Set<Row> used = new HashSet<>();
    for (List<String> combination : combinations().toList()) {
      used.add(row(combination));
    }
    assertThat(table()).hasSize(15).allSatisfy(row -> assertThat(used).contains(row));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String demand(HostPolicy decided) {
    return switch (decided) {
      case HostPolicy.Avoid avoid -> avoid.forEver() ? "never used" : "not now";
      case HostPolicy.Use use ->
          switch (use.requirement()) {
            case Requirement.Clear _ -> "clear";
            case Requirement.Opportunistic _ -> "opportunistic";
            case Requirement.Encrypted _ -> "encrypted";
            case Requirement.Verified(List<Domain> names) -> {
              assertThat(names).hasSize(1);
              yield names.getFirst().equals(HOST) ? "verified host" : "verified domain";
            }
            case Requirement.Dane dane -> {
              assertThat(dane.base()).isEqualTo(BASE);
              assertThat(dane.records()).containsExactly(RECORD);
              assertThat(dane.names()).containsExactlyInAnyOrder(BASE, DnsName.of(DOMAIN));
              yield "dane";
            }
          };
    };
  }

  private static DaneStatus dane(String word) {
    return switch (word) {
      case "none" -> new DaneStatus.Absent("no TLSA record");
      case "usable" -> new DaneStatus.Usable(List.of(RECORD), BASE);
      case "unusable" -> new DaneStatus.Unusable(List.of(RECORD), BASE, "usage 1 is not for mail");
      default -> new DaneStatus.Failed(failure());
    };
  }

  private static Answer failure() {
    return new Answer(
        BASE.under("_25", "_tcp"),
        RecordType.TLSA,
        Answer.Status.TEMPORARY_FAILURE,
        Security.BOGUS,
        BASE,
        List.of(),
        Duration.ZERO,
        "192.0.2.53#53",
        Duration.ZERO,
        "signature expired");
  }

  private static StsStatus sts(String word) {
    return switch (word) {
      case "none" -> new StsStatus.None("no record");
      case "testing" -> known(Mode.TESTING, "other.example");
      case "enforce" -> known(Mode.ENFORCE, "*.host.example");
      default -> known(Mode.ENFORCE, "other.example");
    };
  }

  private static StsStatus known(Mode mode, String mx) {
    StsPolicy policy =
        new StsPolicy(mode, List.of(MxPattern.parse(mx).orElseThrow()), Duration.ofDays(7));
    return new StsStatus.Known(policy, "1", Instant.EPOCH, Optional.empty());
  }
}
