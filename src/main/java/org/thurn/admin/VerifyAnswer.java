package org.thurn.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a check of the store finds, as it goes on. */
final class VerifyAnswer implements Findings {
  private static final long EVERY = Duration.ofMillis(500).toNanos();
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final Answer to;
  private final Time time;
  private final boolean json;
  private final boolean progress;
  private final long began;
  private long told;
  private long looked;
  private long octets;
  private long findings;

  VerifyAnswer(JsonNode arguments, Answer to, Time time) {
    this.to = to;
    this.time = time;
    json = arguments.path("json").asBoolean(false);
    progress = arguments.path("progress").asBoolean(false);
    began = time.ticks();
    told = began;
  }

  /** Whoever asked went away: the check is of no use to anybody. */
  static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException(IOException cause) {
      super(cause);
    }
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
      throw new GoneException(e);
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
    long now = progress ? time.ticks() : told;
    if (now - told >= EVERY) {
      told = now;
      try {
        to.item(JsonNodeFactory.instance.objectNode().put("progress", words()));
      } catch (IOException e) {
        throw new GoneException(e);
      }
    }
  }

  private String words() {
    double seconds = Math.max(0.001, (time.ticks() - began) / SECOND);
    return String.format(
        Locale.ROOT,
        "%,d rows and bodies, %,.0f a second; %,.1f MB of bodies read, %d findings",
        looked,
        looked / seconds,
        octets / 1e6,
        findings);
  }

  Outcome outcome() {
    return findings == 0
        ? Outcome.ok("nothing is wrong: " + words())
        : Outcome.no("the store is not in order: " + words());
  }
}
