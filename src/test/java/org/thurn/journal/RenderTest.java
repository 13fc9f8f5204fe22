package org.thurn.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurn.journal.render.JsonEntry;
import org.thurn.journal.render.LogfmtEntry;
import org.thurn.journal.render.TextEntry;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.EventType;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RenderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.012345Z");
  private static final Mailbox BOB = Mailbox.of("bob@soft.example");

  private static Entry entry(Event event) {
    return new Entry(
        new EventId("0123456789ABC"),
        NOON,
        Optional.of(new SessionId("S")),
        Optional.of(new QueueId("0123456789ABD")),
        Optional.of("<a=b@x>"),
        Optional.of(BOB),
        event);
  }

  private static Entry bare(Event event) {
    return new Entry(
        new EventId("0123456789ABC"),
        NOON,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        event);
  }

  @Test
  void logfmtBeginsAsDocumentedAndQuotesWhatItMust() {
    assertThat(LogfmtEntry.line(entry(new Event.ReplySent(250, "2.0.0 said \"ok\"\n\u001b"))))
        .isEqualTo(
            "time=2026-03-01T12:00:00.012Z event=0123456789ABC message=\"<a=b@x>\""
                + " queue=0123456789ABD type=reply-sent session=S recipient=bob@soft.example"
                + " code=250 text=\"2.0.0 said \\\"ok\\\"\\n\\u001b\"");
    assertThat(
            LogfmtEntry.line(
                bare(
                    new Event.Accepted(
                        "", ReversePath.Null.INSTANCE, List.of(BOB, BOB), 5, "-", ""))))
        .isEqualTo(
            "time=2026-03-01T12:00:00.012Z event=0123456789ABC message=- queue=- type=accepted"
                + " session=- recipient=- messageIdField=\"\" sender=<>"
                + " recipients=bob@soft.example,bob@soft.example octets=5 sha256=\"-\""
                + " subject=\"\"");
  }

  @Test
  void jsonIsOneObjectWithTheTypesFields() {
    JsonMapper mapper = JsonMapper.builder().build();
    for (Event event : SampleEvents.all()) {
      JsonNode json = mapper.readTree(JsonEntry.line(entry(event)));
      assertThat(json.get("id").asString()).isEqualTo("0123456789ABC");
      assertThat(json.get("message").asString()).isEqualTo("<a=b@x>");
      assertThat(json.get("type").asString()).isEqualTo(event.type());
      for (EventType.Field field : EventType.of(event.getClass()).fields()) {
        assertThat(json.has(field.name())).as(event.type() + " " + field.name()).isTrue();
      }
    }
    JsonNode closed =
        mapper.readTree(
            JsonEntry.line(bare(new Event.ConnectionClosed("quit", Duration.ofSeconds(30)))));
    assertThat(closed.get("lasted").toString()).isEqualTo("30");
    assertThat(closed.get("recipient").isNull()).isTrue();
  }

  @Test
  void noFieldHidesTheEntrysOwn() {
    Set<String> own =
        new HashSet<>(
            List.of("time", "id", "event", "message", "queue", "session", "recipient", "type"));
    for (EventType type : EventType.all()) {
      assertThat(type.fields()).extracting(EventType.Field::name).doesNotContainAnyElementsOf(own);
    }
  }

  @Test
  void peopleReadADialogue() {
    Instant start = NOON.minusMillis(1_500);
    assertThat(TextEntry.line(bare(new Event.CommandReceived("EHLO x\u001b[2J")), start))
        .isEqualTo("    +1.500  --> EHLO x\u00b7[2J");
    assertThat(TextEntry.line(bare(new Event.ReplyReceived(250, "2.0.0 ok")), start))
        .endsWith("  <== 250 2.0.0 ok");
    assertThat(TextEntry.line(entry(new Event.Discarded("spam")), start))
        .endsWith("discarded: reason spam  [bob@soft.example]");
    for (Event event : SampleEvents.all()) {
      assertThat(TextEntry.line(entry(event), start))
          .startsWith("    +1.500  ")
          .hasSizeGreaterThan(15);
    }
  }
}
