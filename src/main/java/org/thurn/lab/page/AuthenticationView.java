package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.thurn.journey.Event;

/**
 * What was found of a message's sender, in sentences: a badge with the result, what it means, and
 * small below it the exact reason.
 */
final class AuthenticationView {
  private static final Set<String> GOOD = Set.of("pass", "accept");
  private static final Set<String> BAD = Set.of("fail", "permerror", "reject");
  private static final Set<String> DOUBTFUL =
      Set.of("softfail", "temperror", "policy", "mark", "junk", "greylist", "defer");

  private AuthenticationView() {}

  static Html spf(Event.SpfChecked spf) {
    String what =
        switch (spf.result()) {
          case "pass" -> " lets this host send for it";
          case "fail" -> " says that this host may not send for it";
          case "softfail" -> " says that this host probably may not send for it";
          case "neutral" -> " says nothing about this host";
          case "none" -> " publishes no SPF record";
          case "temperror" -> " could not be asked";
          case String _ -> " has an SPF record that cannot be understood";
        };
    boolean helo = spf.identity().equals("helo");
    List<String> small = new ArrayList<>(List.of(spf.reason()));
    if (!spf.explanation().isEmpty()) {
      small.add("its owner says: " + spf.explanation());
    }
    if (spf.lookUps() > 0) {
      small.add(spf.lookUps() == 1 ? "1 look-up" : spf.lookUps() + " look-ups");
    }
    return told(
        "SPF",
        spf.result(),
        Html.pieces(
            Html.text(helo ? "the host's own name, " : "the envelope's domain, "),
            value(spf.domain()),
            Html.text("," + what)),
        small);
  }

  static Html dkim(Event.DkimChecked dkim) {
    List<String> small = new ArrayList<>();
    if (!dkim.selector().isEmpty()) {
      small.add("selector " + dkim.selector());
      small.add(dkim.algorithm());
    }
    return told("DKIM", dkim.result(), Html.foreign(dkim.reason()), small);
  }

  static Html arc(Event.ArcChecked arc) {
    Html words =
        switch (arc.result()) {
          case "none" -> Html.text("nobody who handled it before has sealed it");
          case "pass" ->
              Html.pieces(
                  Html.text("what the message was when it came to "),
                  value(String.join(", then to ", arc.sealers())),
                  Html.text(" is sealed, and the seals hold"));
          case String _ -> Html.text("the chain of those who handled it is broken");
        };
    return told(
        "ARC",
        arc.result(),
        words,
        arc.result().equals("none") ? List.of() : List.of(arc.reason()));
  }

  static Html dmarc(Event.DmarcChecked dmarc) {
    String before = dmarc.result().equals("fail") ? "nothing proves that " : "";
    String what =
        switch (dmarc.result()) {
          case "pass" -> ", whom people see as the author, answers for it";
          case "fail" -> ", whom people see as the author, sent it";
          case "none" -> ", whom people see as the author, publishes no policy";
          case "temperror" -> ", whom people see as the author, could not be asked";
          case String _ -> " as the author cannot be judged";
        };
    String author = dmarc.domain().isEmpty() ? "nobody" : dmarc.domain();
    List<String> small = new ArrayList<>(dmarc.alignments());
    if (small.isEmpty()) {
      small.add(dmarc.reason());
    }
    if (!dmarc.policy().isEmpty()) {
      small.add(dmarc.policy());
    }
    return told(
        "DMARC",
        dmarc.result(),
        Html.pieces(Html.text(before), value(author), Html.text(what)),
        small);
  }

  static Html judged(Event.AuthenticationJudged judged) {
    String words =
        switch (judged.action()) {
          case "accept" -> "so the server takes the message";
          case "mark" -> "so the server takes the message, and warns";
          case "junk" -> "so the server puts the message to the junk";
          case "greylist" -> "so the server lets the client come again";
          case "defer" -> "so the server does not take the message now";
          case String _ -> "so the server refuses the message";
        };
    return told(
        "verdict",
        judged.action(),
        Html.text(words),
        List.of(judged.reason(), "rule " + judged.rule()));
  }

  static Html signed(Event.DkimSigned signed) {
    return told(
        "DKIM",
        "signed",
        Html.pieces(Html.text("signed for "), value(signed.domain())),
        List.of("selector " + String.join(", ", signed.selectors())));
  }

  static Html sealed(Event.ArcSealed sealed) {
    return told(
        "ARC",
        "sealed",
        Html.pieces(
            Html.text("what it was when it came here is sealed by "), value(sealed.domain())),
        List.of(
            "set " + sealed.instance(),
            "cv=" + sealed.chainValidation(),
            "selector " + sealed.selector()));
  }

  static Html iprev(Event.IprevChecked iprev) {
    Html words =
        iprev.name().isEmpty()
            ? Html.pieces(Html.text("the DNS has no name for "), value(iprev.address()))
            : Html.pieces(
                Html.text("the DNS calls "),
                value(iprev.address()),
                Html.text(" by the name "),
                value(iprev.name()));
    return told("iprev", iprev.result(), words, List.of());
  }

  static Html helo(Event.HeloChecked helo) {
    return told(
        "HELO",
        helo.result(),
        Html.pieces(Html.text("it calls itself "), value(helo.helo())),
        List.of(helo.reason()));
  }

  private static Html value(String text) {
    return Html.foreign(text).classed("value");
  }

  private static Html told(String method, String result, Html words, List<String> small) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(Html.element("b", method).classed("method"));
    pieces.add(Html.text(" "));
    pieces.add(Html.foreign(result).classed("badge small " + tone(result)));
    pieces.add(Html.text(" "));
    pieces.add(words);
    List<String> said = small.stream().filter(text -> !text.isEmpty()).toList();
    if (!said.isEmpty()) {
      pieces.add(Html.element("small", Html.foreign(String.join(" · ", said))).classed("aside"));
    }
    return Html.pieces(pieces);
  }

  /** The class of the badge. */
  private static String tone(String result) {
    if (GOOD.contains(result)) {
      return "good";
    } else if (BAD.contains(result)) {
      return "bad";
    }
    return DOUBTFUL.contains(result) ? "doubtful" : "neutral";
  }
}
