package org.thurn.tls.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;

/** The record's grammar, RFC 8461 §3.1, a row each. */
class StsRecordTest {
  private static final String FORM = "wrong: a field of it is not of the form name=value";
  private static final String ID = "wrong: its id is not 1 to 32 letters and digits";
  private static final String NOT_OURS = "silent";

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("v=STSv1; id=20160831085700Z;", "20160831085700Z"),
        arguments("v=STSv1;id=a", "a"),
        arguments("v=STSv1 ; \t id=a \t;\t ", "a"),
        arguments("v=STSv1; id=" + "Z9".repeat(16), "Z9".repeat(16)),
        arguments("v=STSv1; id=" + "Z".repeat(33), ID),
        arguments("v=STSv1; id=;", FORM),
        arguments("v=STSv1; id=2026-11-26;", ID),
        arguments("v=STSv1; id=a b;", FORM),
        arguments("v=STSv1; id=a ", FORM),
        arguments("v=STSv1; ID=a", "wrong: it has no id"),
        arguments("v=STSv1; other=1; id=a; another=~!", "a"),
        arguments("v=STSv1; id=a; id=b", "a"),
        arguments("v=STSv1; id=a; id=?", "a"),
        arguments("v=STSv1; id=?; id=a", ID),
        arguments("v=STSv1; id=a; v=STSv2", "a"),
        arguments("v=STSv1; -x=1; id=a", FORM),
        arguments("v=STSv1; " + "n".repeat(32) + "=1; id=a", "a"),
        arguments("v=STSv1; " + "n".repeat(33) + "=1; id=a", FORM),
        arguments("v=STSv1; x=a=b; id=a", FORM),
        arguments("v=STSv1; x=\u00e4; id=a", FORM),
        arguments("v=STSv1; x; id=a", FORM),
        arguments("v=STSv1;; id=a", FORM),
        arguments("v=STSv1; id=a;;", FORM),
        arguments("v=STSv1;", FORM),
        arguments("v=STSv1; ", FORM),
        arguments("v=STSv1", NOT_OURS),
        arguments("v=STSv10; id=a", NOT_OURS),
        arguments("v=STSv2; id=a", NOT_OURS),
        arguments("v = STSv1; id=a", NOT_OURS),
        arguments(" v=STSv1; id=a", NOT_OURS),
        arguments("V=STSv1; id=a", NOT_OURS),
        arguments("v=stsv1; id=a", NOT_OURS),
        arguments("id=a; v=STSv1;", NOT_OURS),
        arguments("v=spf1 -all", NOT_OURS));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void oneRecord(String text, String expected) {
    assertThat(reading(text)).isEqualTo(expected);
  }

  private static String reading(String... records) {
    Answer answer = new FakeDns().record("a.example", records).ask(name(), RecordType.TXT);
    return switch (StsRecord.read(answer)) {
      case StsRecord.Reading.Announced(StsRecord record) -> record.id();
      case StsRecord.Reading.Silent _ -> NOT_OURS;
      case StsRecord.Reading.Wrong(String why) -> "wrong: " + why;
      case StsRecord.Reading.Unanswered(String why) -> "unanswered: " + why;
    };
  }

  private static DnsName name() {
    return StsRecord.nameFor(Domain.of("a.example")).orElseThrow();
  }

  @Test
  void severalRecordsAreNone() {
    assertThat(reading("v=STSv1; id=a", "v=STSv1; id=a"))
        .isEqualTo("wrong: 2 records of MTA-STS count as none");
    assertThat(reading("v=STSv1; id=a", "v=STSv1; broken"))
        .isEqualTo("wrong: 2 records of MTA-STS count as none");
    assertThat(reading("something else", "v=STSv1; id=a", "v=STSv2; id=b")).isEqualTo("a");
    assertThat(reading()).isEqualTo(NOT_OURS);
  }

  @Test
  void aFailureIsNoAbsence() {
    Answer answer = new FakeDns().silent("_mta-sts.a.example").ask(name(), RecordType.TXT);
    assertThat(StsRecord.read(answer))
        .isEqualTo(
            new StsRecord.Reading.Unanswered(
                "the DNS does not tell the record of MTA-STS: nobody answers"));
  }

  @Test
  void whatIsPublishedIsReadAgain() {
    StsRecord record = new StsRecord("20261126a");
    assertThat(record.text()).isEqualTo("v=STSv1; id=20261126a;");
    assertThat(reading(record.text())).isEqualTo(record.id());
  }

  @Test
  void aNameMayBeTooLong() {
    String labels = ("x".repeat(60) + ".").repeat(3);
    assertThat(StsRecord.nameFor(Domain.of(labels + "y".repeat(61)))).isPresent();
    assertThat(StsRecord.nameFor(Domain.of(labels + "y".repeat(62)))).isEmpty();
    assertThat(PolicyFetch.host(Domain.of(labels + "y".repeat(62)))).isPresent();
    assertThat(PolicyFetch.host(Domain.of(labels + "y".repeat(63)))).isEmpty();
  }

  /** What takes time of the square of its length would take minutes. */
  @Test
  @Timeout(5)
  void spacesCostNothing() {
    String spaces = " \t".repeat(32_000);
    assertThat(reading("v=STSv1; x=" + spaces + "y; id=a")).isEqualTo(FORM);
    assertThat(reading("v=STSv1" + spaces + ";" + spaces + "id=a" + spaces + ";")).isEqualTo("a");
    assertThat(reading("v=STSv1" + spaces + "; id=" + "=".repeat(60_000))).isEqualTo(FORM);
  }
}
