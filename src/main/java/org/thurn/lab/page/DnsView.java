package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurn.dns.Disturbance;
import org.thurn.dns.Served;

/** The last questions that the lab's DNS was asked, newest first. */
final class DnsView {
  private static final int SHOWN = 200;

  /** A page. {@code wanted}: a part of the name, or empty for all. */
  Html page(List<Served> questions, String wanted) {
    List<Html> rows = new ArrayList<>();
    for (Served one : questions.reversed()) {
      if (rows.size() < SHOWN && one.name().contains(wanted.toLowerCase(Locale.ROOT))) {
        rows.add(row(one));
      }
    }
    Html content =
        rows.isEmpty()
            ? Html.element("p", "Nobody asked yet.").classed("empty")
            : Html.element("ol").classed("events dns").add(rows);
    return Html.pieces(
        Html.element("h1", "Questions to the DNS"),
        Html.element(
                "p",
                "What the lab's name server was asked, by whom, and what it said. A resolver keeps"
                    + " answers, so a second message asks less.")
            .classed("lead"),
        filter(wanted),
        content);
  }

  private static Html filter(String wanted) {
    return Html.element(
            "form",
            Html.element("label", "Name contains").with("for", "name"),
            Html.element("input")
                .with("id", "name")
                .with("name", "name")
                .with("value", wanted)
                .with("spellcheck", "false"),
            Html.element("button", "Show"))
        .with("action", "/dns")
        .classed("filter");
  }

  private static Html row(Served one) {
    List<Html> words = new ArrayList<>();
    words.add(Html.element("b", one.type()).classed("verb"));
    words.add(Html.text(" "));
    words.add(Html.foreign(one.name()).classed("value"));
    words.add(Html.element("span", " → ").classed("arrow"));
    String rcode = one.rcode().isEmpty() ? "no reply" : one.rcode();
    words.add(Html.element("span", rcode + " ").classed("code"));
    words.addAll(badges(one));
    one.answers().stream()
        .filter(answer -> !isSignature(answer))
        .forEach(answer -> words.add(Html.foreign(answer).classed("answer")));
    String asker = one.client().getAddress().getHostAddress() + "#" + one.client().getPort();
    String how = (one.tcp() ? "TCP" : "UDP") + (one.dnssec() ? " · DO" : "");
    words.add(Html.element("small", asker + " · " + how).classed("aside"));
    return Html.element(
            "li",
            Html.element("time", Moment.exact(one.at())).with("datetime", one.at().toString()),
            Html.element("span", "?").classed("who"),
            Html.element("span").classed("words").add(words))
        .classed("work");
  }

  private static List<Html> badges(Served one) {
    List<Html> badges = new ArrayList<>();
    if (one.treatment() != Disturbance.Treatment.NORMAL) {
      badges.add(Html.element("span", one.treatment().toString()).classed("badge small bogus"));
    }
    if (one.truncated()) {
      badges.add(Html.element("span", "truncated").classed("badge small insecure"));
    }
    if (one.answers().stream().anyMatch(DnsView::isSignature)) {
      badges.add(Html.element("span", "signed").classed("badge small secure"));
    }
    return badges;
  }

  /** Base64 that nobody reads; that it is there is what counts. */
  private static boolean isSignature(String record) {
    return record.contains(" RRSIG ");
  }
}
