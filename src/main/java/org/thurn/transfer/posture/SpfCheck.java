package org.thurn.transfer.posture;

import java.net.InetAddress;
import java.util.List;
import org.thurn.authentication.spf.SpfChecker;
import org.thurn.authentication.spf.SpfRecord;
import org.thurn.authentication.spf.SpfRequest;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.authentication.spf.SpfSettings;
import org.thurn.authentication.spf.SpfTree;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/** The domain's SPF record with all that it leads to, and what it says of a stranger. */
record SpfCheck(Means means, Domain domain) implements Check {
  /** Of RFC 5737: nobody's, so that a check goes through the whole record. */
  private static final InetAddress STRANGER = IpAddress.of("192.0.2.1");

  @Override
  public Topic topic() {
    return Topic.SPF;
  }

  @Override
  public List<Observation> look() {
    Answer answer = means.ask(DnsName.of(domain), RecordType.TXT);
    if (answer.failed()) {
      return List.of(Means.failed(Topic.SPF, answer));
    }
    List<String> texts =
        answer
            .all(RecordData.Txt.class)
            .map(RecordData.Txt::joined)
            .filter(SpfRecord::isRecord)
            .sorted()
            .toList();
    if (texts.isEmpty()) {
      return List.of(
          Observation.bad(
              Topic.SPF,
              "no record: anybody may send in its name",
              "Publish TXT \"v=spf1 mx -all\" at the domain if only its MX hosts send, or \"v=spf1"
                  + " -all\" if nobody does."));
    }
    if (texts.size() > 1) {
      return List.of(
          Observation.bad(
                  Topic.SPF,
                  texts.size() + " records: every check fails",
                  "Leave one (RFC 7208 §4.5).")
              .with(texts));
    }
    return List.of(judged(texts.getFirst()));
  }

  private Observation judged(String text) {
    SpfTree tree = SpfTree.of(domain, means.resolver(), means.time());
    List<String> drawing = tree.root().branches().isEmpty() ? List.of() : tree.lines();
    if (!tree.problems().isEmpty()) {
      return Observation.bad(
              Topic.SPF,
              text + "; " + String.join("; ", tree.problems()),
              "Mend it: who finds a mistake, or more than "
                  + SpfSettings.LOOK_UPS
                  + " look-ups, treats the record as broken (RFC 7208 §4.6).")
          .with(drawing);
    }
    SpfChecker checker = new SpfChecker(means.resolver(), SpfSettings.of(domain), means.time());
    ReversePath sender = new ReversePath.Of(Mailbox.of("postmaster@" + domain.ascii()));
    SpfResult stranger = checker.check(SpfRequest.mailFrom(STRANGER, domain.ascii(), sender));
    return ofStranger(text + cost(tree, stranger), stranger).with(drawing);
  }

  private static String cost(SpfTree tree, SpfResult stranger) {
    String empty =
        stranger.voidLookUps() == 0 ? "" : ", of which " + stranger.voidLookUps() + " find nothing";
    return "; " + tree.lookUps() + " of " + SpfSettings.LOOK_UPS + " look-ups" + empty;
  }

  private static Observation ofStranger(String text, SpfResult stranger) {
    return switch (stranger.outcome()) {
      case FAIL, SOFTFAIL ->
          stranger.voidLookUps() == 0
              ? Observation.good(Topic.SPF, text)
              : Observation.warn(
                  Topic.SPF, text, "Take out what finds nothing: with a third the check fails.");
      case PASS ->
          Observation.bad(
              Topic.SPF,
              text + "; it lets everybody send",
              "End it with -all or ~all, and name only networks that are yours.");
      case NEUTRAL, NONE ->
          Observation.warn(
              Topic.SPF,
              text + "; it says nothing of strangers",
              "End it with -all, or with ~all while you are not sure.");
      case PERMERROR ->
          Observation.bad(
              Topic.SPF, text + "; " + stranger.reason(), "Mend it: it protects nobody as it is.");
      case TEMPERROR ->
          Observation.unknown(
              Topic.SPF,
              text + "; " + stranger.reason(),
              "Look at the name servers of what it includes: mail waits when they do not answer.");
    };
  }
}
