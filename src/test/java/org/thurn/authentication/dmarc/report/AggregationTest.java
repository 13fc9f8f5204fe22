package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.thurn.authentication.dmarc.Policy;

class AggregationTest {
  private static ReportSubject subject(String domain) {
    PublishedPolicy policy =
        new PublishedPolicy(
            domain,
            Optional.empty(),
            Policy.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            OptionalInt.of(50));
    return new ReportSubject(policy, List.of("mailto:a@" + domain), List.of("a mistake"));
  }

  @Test
  void equalRowsAreCountedTogether() {
    Aggregation rows = new Aggregation();
    rows.add(subject("a.example"), Samples.row(1), 1);
    rows.add(subject("a.example"), Samples.row(2), 2);
    rows.add(subject("a.example"), Samples.row(1), 3);
    rows.add(subject("b.example"), Samples.row(1), 4);
    assertThat(rows.domains()).containsExactly("a.example", "b.example");
    assertThat(rows.take("a.example"))
        .containsExactly(
            new ReportRows.Counted(
                subject("a.example"),
                List.of(new ReportRecord(Samples.row(1), 4), new ReportRecord(Samples.row(2), 2)),
                0));
    assertThat(rows.take("a.example")).isEmpty();
    assertThat(rows.domains()).containsExactly("b.example");
  }

  @Test
  void aChangedPolicyIsAReportOfItsOwn() {
    Aggregation rows = new Aggregation();
    ReportSubject other =
        new ReportSubject(Samples.POLICY, List.of("mailto:a@example.com"), List.of());
    rows.add(other, Samples.row(1), 1);
    rows.add(subject("example.com"), Samples.row(1), 1);
    assertThat(rows.take("example.com"))
        .extracting(ReportRows.Counted::subject)
        .containsExactly(other, subject("example.com"));
  }

  @Test
  void twoAreMerged() {
    Aggregation first = new Aggregation();
    Aggregation second = new Aggregation();
    first.add(subject("a.example"), Samples.row(1), 1);
    second.add(subject("a.example"), Samples.row(1), 2);
    second.add(subject("c.example"), Samples.row(1), 5);
    first.merge(second);
    assertThat(first.take("a.example").getFirst().records())
        .containsExactly(new ReportRecord(Samples.row(1), 3));
    assertThat(first.take("c.example")).hasSize(1);
    assertThat(second.domains()).containsExactly("a.example", "c.example");
  }

  @Test
  void rowsHaveALimit() {
    Aggregation rows = new Aggregation();
    for (int i = 0; i < Aggregation.MAX_ROWS + 7; i++) {
      rows.add(subject("a.example"), Samples.row(i), 1);
    }
    rows.add(subject("a.example"), Samples.row(0), 1);
    ReportRows.Counted counted = rows.take("a.example").getFirst();
    assertThat(counted.records()).hasSize(Aggregation.MAX_ROWS);
    assertThat(counted.records().getFirst().count()).isEqualTo(2);
    assertThat(counted.omitted()).isEqualTo(7);
  }

  @Test
  void soDoesTheWhole() {
    Aggregation rows = new Aggregation();
    for (int i = 0; i < Aggregation.MAX_ALL_ROWS + 3; i++) {
      rows.add(subject("d" + i + ".example"), Samples.row(0), 1);
    }
    assertThat(rows.domains()).hasSize(Aggregation.MAX_ALL_ROWS);
    assertThat(rows.lost()).isEqualTo(3);
    rows.take("d0.example");
    rows.add(subject("new.example"), Samples.row(0), 1);
    assertThat(rows.domains()).contains("new.example");
  }

  @Test
  void rowsAsOctets() throws IOException {
    for (ReportRow row : List.of(Samples.row(3), Samples.passing())) {
      byte[] octets = RowCodec.encode(row);
      assertThat(RowCodec.row(octets)).isEqualTo(row);
      assertThat(octets).isEqualTo(RowCodec.encode(RowCodec.row(octets))).hasSizeLessThan(400);
    }
    ReportSubject full = new ReportSubject(Samples.POLICY, List.of("a", "b"), List.of());
    for (ReportSubject subject : List.of(full, subject("a.example"))) {
      assertThat(RowCodec.subject(RowCodec.encode(subject))).isEqualTo(subject);
    }
  }

  @Test
  void damagedOctetsAreNoticed() {
    byte[] octets = RowCodec.encode(Samples.row(0));
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> RowCodec.row(cut)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> RowCodec.row(Arrays.copyOf(octets, octets.length + 1)))
        .hasMessageContaining("behind its end");
    octets[0] = 9;
    assertThatThrownBy(() -> RowCodec.row(octets)).hasMessageContaining("format 9");
  }
}
