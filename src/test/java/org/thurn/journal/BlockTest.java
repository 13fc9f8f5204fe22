package org.thurn.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.time.Time;

class BlockTest {
  private static final Ids IDS = new Ids(Time.system());

  private static Entry entry(Event event) {
    return new Entry(
        IDS.event(),
        Instant.parse("2026-03-01T12:00:00.000001Z"),
        Optional.of(new SessionId("S1")),
        Optional.of(new QueueId("0123456789ABC")),
        Optional.of("<a@b>"),
        Optional.of(Mailbox.of("bob@soft.example")),
        event);
  }

  @Test
  void everyTypeOfEventComesBackAsItWas() throws DamagedBlockException {
    List<Entry> entries = SampleEvents.all().stream().map(BlockTest::entry).toList();
    assertThat(new BlockReader().entries(BlockWriter.block(entries))).isEqualTo(entries);
  }

  @Test
  void whatIsAbsentStaysAbsent() throws DamagedBlockException {
    List<Entry> entries = new ArrayList<>();
    for (Event event :
        List.of(
            new Event.Bounced("5.0.0", "", Optional.empty()),
            new Event.Accepted("", ReversePath.Null.INSTANCE, List.of(), 0, "", "ü"))) {
      entries.add(
          new Entry(
              new EventId("0000000000000"),
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              event));
    }
    assertThat(new BlockReader().entries(BlockWriter.block(entries))).isEqualTo(entries);
  }

  @Test
  void aTextIsWrittenOnce() {
    Event event = new Event.Discarded("a reason that is somewhat long, and always the same");
    int one = BlockWriter.block(List.of(entry(event))).length;
    int ten = BlockWriter.block(Stream.generate(() -> entry(event)).limit(10).toList()).length;
    assertThat(ten).isLessThan(one + 9 * 50);
  }

  @Test
  void aTypeThatThisProgramLacksComesAsAFault() throws DamagedBlockException {
    byte[] block = BlockWriter.block(List.of(entry(new Event.Discarded("why"))));
    byte[] name = "discarded".getBytes(US_ASCII);
    int at = 0;
    while (!Arrays.equals(block, at, at + name.length, name, 0, name.length)) {
      at++;
    }
    block[at] = 'x';
    Event event = new BlockReader().entries(block).getFirst().event();
    assertThat(event).isInstanceOf(Event.Fault.class);
    assertThat(event.toString()).contains("xiscarded", "why");
  }

  @Test
  void anyWrongOctetIsReportedOrHarmless() {
    byte[] block = BlockWriter.block(SampleEvents.all().stream().map(BlockTest::entry).toList());
    for (int at = 0; at < block.length; at++) {
      byte[] damaged = block.clone();
      damaged[at] ^= (byte) 0x81;
      try {
        assertThat(new BlockReader().entries(damaged)).isNotNull();
      } catch (DamagedBlockException e) {
        assertThat(e).hasMessageContaining("cannot be read");
      }
    }
  }

  @Test
  void aBlockThatIsCutOffIsReported() {
    byte[] block = BlockWriter.block(List.of(entry(new Event.Discarded("why"))));
    for (int length = 1; length < block.length; length++) {
      byte[] cut = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> new BlockReader().entries(cut))
          .isInstanceOf(DamagedBlockException.class);
    }
  }
}
