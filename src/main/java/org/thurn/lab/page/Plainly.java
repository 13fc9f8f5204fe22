package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Outcome;
import org.thurn.name.Domain;

/** Says in plain words why a scenario's message was taken or not. */
final class Plainly {
  private Plainly() {}

  /** A sentence for each thing that counted. */
  static List<String> why(Outcome outcome) {
    Optional<Event.DmarcChecked> dmarc = of(outcome, Event.DmarcChecked.class).findFirst();
    String author = dmarc.map(Event.DmarcChecked::domain).orElse("the author");
    List<String> sentences = new ArrayList<>();
    of(outcome, Event.SpfChecked.class)
        .filter(spf -> spf.identity().equals("mailfrom"))
        .forEach(spf -> sentences.add(host(spf, author)));
    of(outcome, Event.DkimChecked.class).forEach(dkim -> sentences.add(signature(dkim)));
    Optional<Event.ArcChecked> seal =
        of(outcome, Event.ArcChecked.class).filter(arc -> arc.result().equals("pass")).findFirst();
    seal.ifPresent(
        arc ->
            sentences.add(
                "Under the seal of "
                    + String.join(" and ", arc.sealers())
                    + " stands what it was when it came there."));
    Domain judge = outcome.scenario().judge();
    of(outcome, Event.AuthenticationJudged.class)
        .forEach(
            judged ->
                sentences.add(
                    dmarc.filter(d -> d.result().equals("pass")).isPresent()
                        ? "That proves " + author + ", and " + judge + " takes it."
                        : unproven(judged.action(), author, judge, seal.isPresent())));
    return sentences;
  }

  private static String host(Event.SpfChecked spf, String author) {
    String domain = spf.domain();
    return switch (spf.result()) {
      case "pass" ->
          domain.equals(author)
              ? "The host that brought it may send for " + domain + "."
              : "The host that brought it may send for "
                  + domain
                  + ", but people see "
                  + author
                  + " as the author.";
      case "fail" -> "The host that brought it may not send for " + domain + ".";
      case "softfail" -> "The host that brought it probably may not send for " + domain + ".";
      case String _ -> "Whether the host that brought it may send for " + domain + " is not known.";
    };
  }

  private static String signature(Event.DkimChecked dkim) {
    return switch (dkim.result()) {
      case "none" -> "It carries no signature.";
      case "pass" -> "The signature of " + dkim.domain() + " holds.";
      case String _ -> "Its signature does not count: " + dkim.reason() + ".";
    };
  }

  /** What follows where nothing proves the author. */
  private static String unproven(String action, String author, Domain judge, boolean sealed) {
    return switch (action) {
      case "accept" ->
          sealed
              ? judge + " believes that seal, and takes the message."
              : author + " does not ask for more, and " + judge + " takes it.";
      case "mark" -> author + " asks for nothing to be done: " + judge + " takes it, and warns.";
      case String _ ->
          (sealed ? judge + " does not believe that seal. " : "")
              + author
              + " asks everybody to keep such mail away, and "
              + judge
              + " does.";
    };
  }

  private static <E extends Event> Stream<E> of(Outcome outcome, Class<E> kind) {
    return outcome.findings().stream().filter(kind::isInstance).map(kind::cast);
  }
}
