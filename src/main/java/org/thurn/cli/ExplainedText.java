package org.thurn.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.explain.Hop;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.authentication.results.ResultsSyntaxException;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.name.Domain;

/**
 * Tells a person what a message's header holds. Control characters of strangers are not printed.
 */
final class ExplainedText {
  private static final List<String> FACTS = List.of("From", "To", "Subject", "Date", "Message-ID");

  private final PrintWriter out;

  ExplainedText(PrintWriter out) {
    this.out = out;
  }

  void print(Explained explained) {
    facts(explained.headers());
    way(explained.hops());
    others(explained.headers());
    line("");
    line("Checked now");
    origin(explained.result().origin());
    spf(explained.result().mailFrom());
    explained.signatures().forEach(this::dkim);
    if (explained.signatures().isEmpty()) {
      verdict("DKIM", "none", "", "the message is not signed");
    }
    arc(explained.result().arc());
    dmarc(explained.result().dmarc());
  }

  private void line(String text) {
    out.println(text.replaceAll("\\p{Cntrl}", "?").stripTrailing());
  }

  private void facts(Headers headers) {
    for (String name : FACTS) {
      for (HeaderField field : headers.all(name)) {
        line("%-11s %s".formatted(name, field.decoded()));
      }
    }
  }

  private void way(List<Hop> hops) {
    line("");
    line(hops.isEmpty() ? "Its way: no Received field tells it" : "Its way, the first hop first");
    int number = 1;
    for (Hop hop : hops) {
      String client = hop.client().map(address -> " [" + address.getHostAddress() + "]").orElse("");
      line(
          "  %2d. %s%s -> %s, %s, %s%s"
              .formatted(
                  number++,
                  hop.from().orElse("(not said)"),
                  client,
                  hop.by().orElse("(not said)"),
                  hop.protocol().orElse("protocol not said"),
                  hop.timeText().orElse("no time"),
                  hop.delay().map(ExplainedText::after).orElse("")));
      line("      " + hop.trust().words());
    }
  }

  private static String after(Duration delay) {
    long seconds = delay.toSeconds();
    return seconds < 0
        ? ", " + -seconds + " s before the hop before: the clocks disagree"
        : ", after " + (seconds < 120 ? seconds + " s" : delay.toMinutes() + " min");
  }

  private void others(Headers headers) {
    List<HeaderField> fields = headers.all(AuthenticationResults.NAME);
    if (fields.isEmpty()) {
      return;
    }
    line("");
    line("What others found, worth as much as they are (Authentication-Results)");
    for (HeaderField field : fields) {
      try {
        AuthenticationResults results = ResultsParser.parse(field);
        results.results().stream()
            .map(one -> "%s=%s".formatted(one.method(), one.result()))
            .distinct()
            .forEach(one -> line("  " + results.authservId() + ": " + one));
      } catch (ResultsSyntaxException e) {
        line("  a field that cannot be read: " + e.getMessage());
      }
    }
  }

  private void origin(Optional<Origin> origin) {
    line(
        origin
            .map(
                from ->
                    "  as if %s brought it, calling itself %s, from <%s>"
                        .formatted(
                            from.client().getHostAddress(),
                            from.helo().isEmpty() ? "nothing" : from.helo(),
                            from.sender()))
            .orElse("  nobody knows which client brought it: name it with --ip"));
  }

  private void verdict(String method, String result, String whose, String reason) {
    line("  %-6s %-9s %s".formatted(method, result, whose).stripTrailing());
    line("         " + reason);
  }

  private void spf(Optional<SpfResult> result) {
    result.ifPresentOrElse(
        spf -> {
          verdict("SPF", spf.outcome().word(), spf.domain(), spf.reason());
          spf.explanation().ifPresent(words -> line("         its owner says: " + words));
        },
        () -> verdict("SPF", "none", "", "no client address is known"));
  }

  private void dkim(Explained.Signature signature) {
    DkimResult result = signature.result();
    String whose =
        result.domain().map(Domain::ascii).orElse("(no domain)")
            + result.selector().map(selector -> ", key " + selector).orElse("")
            + result.algorithm().map(algorithm -> ", " + algorithm.word()).orElse("");
    verdict("DKIM", result.outcome().word(), whose, result.sentence());
    signature.repair().ifPresent(words -> line("         probably: " + words));
  }

  private void arc(ArcResult arc) {
    verdict("ARC", arc.chainValidation().word(), "", arc.reason());
    for (ArcResult.Set set : arc.sets()) {
      line("         " + set.instance() + ". sealed by " + set.sealer() + ": " + seal(set.seal()));
    }
  }

  private static String seal(ArcResult.Seal seal) {
    return switch (seal) {
      case HOLDS -> "the seal holds";
      case DOES_NOT_HOLD -> "the seal does not hold";
      case NOT_CHECKED -> "not looked at";
    };
  }

  private void dmarc(DmarcResult dmarc) {
    String whose =
        dmarc.author().map(DomainName::toString).orElse("(no author)")
            + dmarc.policy().map(p -> ", " + p.tag() + p.published().word()).orElse("");
    verdict("DMARC", dmarc.outcome().word(), whose, dmarc.reason());
    dmarc.decisive().stream()
        .flatMap(evaluation -> evaluation.alignments().stream())
        .map(Alignment::reason)
        .distinct()
        .forEach(reason -> line("         " + reason));
  }
}
