package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.EventType;
import org.thurn.name.ReversePath;

/** One event in words. */
final class EventView {
  private EventView() {}

  static Html of(Event event) {
    return switch (event) {
      case Event.CommandReceived(var command) -> SmtpText.commanded(command);
      case Event.CommandSent(var command) -> SmtpText.commanded(command);
      case Event.ReplySent(int code, var text) -> SmtpText.replied(code, text);
      case Event.ReplyReceived(int code, var text) -> SmtpText.replied(code, text);
      case Event.DnsAnswered dns -> dns(dns);
      case Event.TlsEstablished tls -> TlsView.established(tls);
      case Event.Accepted accepted -> accepted(accepted);
      case Event.Stored(var account, var mailbox, long uid) ->
          sentence("stored for ", account, " in ", mailbox, " as UID " + uid);
      case Event.Relayed r ->
          Html.pieces(
              sentence("relayed to ", r.host(), " [" + r.remoteAddress() + "]: ", ""),
              SmtpText.replied(r.code(), r.reply()));
      case Event.ConnectionAccepted c ->
          sentence(
              c.protocol() + " connection from ",
              c.remoteAddress() + ":" + c.remotePort(),
              " to ",
              c.localAddress() + ":" + c.localPort());
      case Event.ConnectionOpened c ->
          sentence(
              c.protocol() + " connection to ",
              c.host(),
              " [" + c.remoteAddress() + "]:" + c.remotePort() + " from ",
              c.localAddress());
      case Event.ConnectionClosed(var reason, var lasted) ->
          sentence("closed after " + Moment.took(lasted) + ": ", reason);
      case Event.AttemptStarted(int attempt, var destination) ->
          sentence("attempt " + attempt + " begins, to ", destination);
      case Event.Deferred d ->
          sentence(
              "attempt " + d.attempt() + " brought ",
              d.status() + " " + d.reason(),
              "; next attempt at " + Moment.of(d.nextAttempt()));
      case Event.Refused r ->
          // the reply itself is the next event
          sentence("refused at ", r.stage(), " with " + r.code() + ", because ", r.reason());
      case Event.SpfChecked spf -> AuthenticationView.spf(spf);
      case Event.DkimChecked dkim -> AuthenticationView.dkim(dkim);
      case Event.ArcChecked arc -> AuthenticationView.arc(arc);
      case Event.DmarcChecked dmarc -> AuthenticationView.dmarc(dmarc);
      case Event.AuthenticationJudged judged -> AuthenticationView.judged(judged);
      case Event.ArcSealed sealed -> AuthenticationView.sealed(sealed);
      case Event.DkimSigned signed -> AuthenticationView.signed(signed);
      case Event.IprevChecked iprev -> AuthenticationView.iprev(iprev);
      case Event.HeloChecked helo -> AuthenticationView.helo(helo);
      case Event.TlsPolicyChosen chosen -> TlsView.chosen(chosen);
      case Event.StsPolicyFetched policy -> TlsView.fetched(policy);
      case Event.StsPolicyUsed policy -> TlsView.used(policy);
      case Event.StsPolicyFailed policy -> TlsView.failed(policy);
      case Event other -> fields(EventType.of(other.getClass()), other);
    };
  }

  /** Words of ours and values of strangers, in turn. */
  static Html sentence(Object... parts) {
    List<Html> pieces = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].toString();
      pieces.add(i % 2 == 0 ? Html.text(part) : Html.foreign(part).classed("value"));
    }
    return Html.pieces(pieces);
  }

  private static Html dns(Event.DnsAnswered dns) {
    List<Html> answers = new ArrayList<>();
    for (String answer : dns.answers()) {
      answers.add(Html.foreign(answer).classed("answer"));
    }
    Html.Element security =
        Html.element("span", dns.security()).classed("badge small " + security(dns.security()));
    return Html.pieces(
        Html.element("b", dns.recordType()).classed("verb"),
        Html.text(" "),
        Html.foreign(dns.name()).classed("value"),
        Html.text(" "),
        Html.element("span", "→").classed("arrow").with("aria-hidden", "true"),
        Html.text(" "),
        answers.isEmpty() ? Html.element("i", dns.status()) : Html.pieces(answers),
        Html.text(" "),
        security,
        Html.element(
                "small", dns.purpose() + " · " + dns.server() + " · " + Moment.took(dns.took()))
            .classed("aside"));
  }

  /** The class of a badge; the text is whatever the event says. */
  private static String security(String said) {
    return switch (said) {
      case "secure" -> "secure";
      case "bogus" -> "bogus";
      case String _ -> "insecure";
    };
  }

  private static Html accepted(Event.Accepted a) {
    return Html.pieces(
        sentence(
            "accepted, " + a.octets() + " octets from ",
            path(a.sender()),
            " for ",
            String.join(", ", a.recipients().stream().map(Object::toString).toList()),
            ": ",
            a.subject()),
        Html.element("small", a.messageIdField() + " · SHA-256 " + a.sha256()).classed("aside"));
  }

  static String path(ReversePath path) {
    return switch (path) {
      case ReversePath.Null _ -> "<>";
      case ReversePath.Of(var mailbox) -> mailbox.toString();
    };
  }

  /** An event that needs no words of its own: its type and its fields. */
  private static Html fields(EventType type, Event event) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(Html.text(type.name().replace('-', ' ')));
    for (EventType.Field field : type.fields()) {
      pieces.add(Html.element("span", " " + field.name() + " ").classed("key"));
      pieces.add(Html.foreign(shown(field.of(event))).classed("value"));
    }
    return Html.pieces(pieces);
  }

  private static String shown(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(Object::toString).orElse("–");
      case List<?> list -> String.join(", ", list.stream().map(Object::toString).toList());
      case java.time.Duration duration -> Moment.took(duration);
      case Object other -> other.toString();
    };
  }
}
