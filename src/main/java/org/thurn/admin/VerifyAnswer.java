package org.thurn.admin;

import java.io.IOException;
import java.util.Locale;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a check of the store finds, as it goes on. */
final class VerifyAnswer implements Findings {
  private final Answer to;
  private final Progress progress;
  private final boolean json;
  private long looked;
  private long octets;
  private long findings;

  VerifyAnswer(JsonNode arguments, Answer to, Time time) {
    this.to = to;
    progress = new Progress(arguments, to, time);
    json = arguments.path("json").asBoolean(false);
  }

  @Override
  public void found(Finding finding) {
    findings++;
    try {
      if (json) {
        to.item(item(finding));
      } else {
        to.text(finding.toString());
      }
    } catch (IOException e) {
      throw new Progress.GoneException(e);
    }
  }

  private static ObjectNode item(Finding finding) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("where", finding.where())
        .put("key", finding.key())
        .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
        .put("words", finding.words());
  }

  @Override
  public void looked(long more, long read) {
    looked += more;
    octets += read;
    progress.tell(this::words);
  }

  private String words() {
    return String.format(
        Locale.ROOT,
        "%,d rows and bodies, %,.0f a second; %,.1f MB of bodies read, %d findings",
        looked,
        looked / progress.seconds(),
        octets / 1e6,
        findings);
  }

  Outcome outcome() {
    return findings == 0
        ? Outcome.ok("nothing is wrong: " + words())
        : Outcome.no("the store is not in order: " + words());
  }
}
