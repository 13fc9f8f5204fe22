package org.thurn.lab.page;

import org.thurn.journey.Event;

/** What is demanded of the line, and what was agreed, in sentences. */
final class TlsView {
  private TlsView() {}

  static Html chosen(Event.TlsPolicyChosen chosen) {
    String whose =
        switch (chosen.basis()) {
          case "tlsa" -> "its TLSA records want it";
          case "sts" -> "its domain's MTA-STS policy wants it";
          case "message" -> "the message wants it";
          case "local" -> "this server's settings want it";
          case String _ -> "nobody wants more";
        };
    return EventView.sentence(
        "to ", chosen.host(), ": ", chosen.demand(), ", " + whose + ": ", chosen.reason());
  }

  static Html fetched(Event.StsPolicyFetched policy) {
    return EventView.sentence(
        "the MTA-STS policy of ",
        policy.domain().unicode(),
        " is " + policy.mode() + ", for the hosts ",
        String.join(", ", policy.mx()));
  }

  static Html used(Event.StsPolicyUsed policy) {
    String kept = " was kept, and is " + policy.mode() + " until " + Moment.day(policy.expires());
    return policy.trouble().isEmpty()
        ? EventView.sentence("the MTA-STS policy of ", policy.domain().unicode(), kept, "")
        : EventView.sentence(
            "the MTA-STS policy of ",
            policy.domain().unicode(),
            kept + "; now there is trouble with it: ",
            policy.trouble());
  }

  static Html failed(Event.StsPolicyFailed policy) {
    return EventView.sentence(
        "the MTA-STS policy of ",
        policy.domain().unicode(),
        " could not be had (" + policy.kind() + "): ",
        policy.reason());
  }

  static Html established(Event.TlsEstablished tls) {
    return Html.pieces(
        Html.text("the line is secret now: "),
        Html.foreign(tls.version()).classed("badge small secure"),
        Html.text(" "),
        Html.foreign(tls.group()).classed("value"),
        Html.text(" · "),
        Html.foreign(tls.cipherSuite()).classed("value"),
        Html.element("small", certificate(tls)).classed("aside"));
  }

  private static String certificate(Event.TlsEstablished tls) {
    String certificate = tls.peerCertificate();
    return certificate.isEmpty()
        ? tls.verification()
        : "certificate " + certificate + " · " + tls.verification();
  }
}
