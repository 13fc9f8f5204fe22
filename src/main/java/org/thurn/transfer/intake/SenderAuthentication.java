package org.thurn.transfer.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.thurn.authentication.inbound.Findings;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.inbound.MessageCheck;
import org.thurn.authentication.inbound.Origin;
import org.thurn.authentication.inbound.ResultsField;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.authentication.results.ResultsWriter;
import org.thurn.authentication.spf.ReceivedSpf;
import org.thurn.authentication.spf.SpfRequest;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.smtp.Verdict;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Judgement;
import org.thurn.transfer.policy.PolicyPage;

/**
 * Checks who sent one message from outside, notes what was found in its journey and its header, and
 * does what the policy page says.
 */
final class SenderAuthentication implements Inspection {
  /** Of those who wrote so before RFC 8601; ours names our host. */
  private static final String WARNING = "X-Authentication-Warning";

  private final MessageCheck check;
  private final PolicyPage page;
  private final boolean receivedSpf;
  private final Domain hostname;
  private final Optional<Event.IprevChecked> iprev;
  private final boolean forRoles;
  private final BooleanSupplier early;
  private final Optional<ForwardSealing> sealing;
  private final BiConsumer<InboundResult, Judgement> observer;
  private final Journey journey;

  /**
   * @param check which has its header already
   * @param forRoles whether it is for role addresses alone: RFC 5321 §4.5.1 wants those to be
   *     reached by people whose domain is broken, too
   * @param early whether a message like this comes too early to be taken, where it is greylisted
   * @param sealing if it goes elsewhere
   * @param observer hears what was decided, unless the message is to come again
   */
  SenderAuthentication(
      MessageCheck check,
      PolicyPage page,
      boolean receivedSpf,
      Domain hostname,
      Optional<Event.IprevChecked> iprev,
      boolean forRoles,
      BooleanSupplier early,
      Optional<ForwardSealing> sealing,
      BiConsumer<InboundResult, Judgement> observer,
      Journey journey) {
    this.check = check;
    this.page = page;
    this.receivedSpf = receivedSpf;
    this.hostname = hostname;
    this.iprev = iprev;
    this.forRoles = forRoles;
    this.early = early;
    this.sealing = sealing;
    this.observer = observer;
    this.journey = journey;
  }

  @Override
  public void take(byte[] octets, int offset, int count) {
    check.take(octets, offset, count);
  }

  @Override
  public Conclusion end() {
    InboundResult result;
    try {
      result = check.finish();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Conclusion.refused(
          Verdict.defer(451, "4.3.0", "The server is stopping", "the check was interrupted"));
    }
    Findings.note(result, journey);
    Judgement judgement = softened(page.judge(result));
    journey.note(
        new Event.AuthenticationJudged(
            judgement.action().word(), judgement.rule(), judgement.reason()));
    Conclusion conclusion = concluded(result, judgement);
    if (conclusion.refusal().filter(Verdict.Defer.class::isInstance).isEmpty()) {
      observer.accept(result, judgement);
    }
    return conclusion;
  }

  private Conclusion concluded(InboundResult result, Judgement judgement) {
    return switch (judgement.action()) {
      case ACCEPT -> Conclusion.added(fields(result, Optional.empty()));
      case MARK -> Conclusion.added(fields(result, warning(judgement)));
      case JUNK -> Conclusion.added(fields(result, warning(judgement))).asJunk();
      case GREYLIST ->
          early.getAsBoolean()
              ? Conclusion.refused(Refusals.early(judgement))
              : Conclusion.added(fields(result, warning(judgement)));
      case DEFER -> Conclusion.refused(Refusals.unclear(judgement));
      case REJECT -> Conclusion.refused(Refusals.of(judgement, result));
    };
  }

  private Judgement softened(Judgement judgement) {
    return forRoles && judgement.action().compareTo(Action.JUNK) > 0
        ? new Judgement(
            Action.JUNK,
            judgement.rule(),
            judgement.reason() + "; role addresses take it all the same",
            judgement.overrides())
        : judgement;
  }

  private List<HeaderField> fields(InboundResult result, Optional<HeaderField> warning) {
    List<MethodResult> client = iprev.map(SenderAuthentication::iprev).stream().toList();
    AuthenticationResults results = ResultsField.of(hostname.ascii(), client, result);
    List<HeaderField> fields = new ArrayList<>();
    sealing.ifPresent(seal -> fields.addAll(seal.finish(result.arc(), results)));
    warning.ifPresent(fields::add);
    fields.add(ResultsWriter.field(results));
    if (receivedSpf) {
      result.origin().ifPresent(origin -> fields.addAll(spf(origin, result)));
    }
    return fields;
  }

  /** RFC 7208 §9.1: a field for each of the two names. */
  private List<HeaderField> spf(Origin origin, InboundResult result) {
    SpfRequest mailFrom = SpfRequest.mailFrom(origin.client(), origin.helo(), origin.sender());
    SpfRequest helo = SpfRequest.helo(origin.client(), origin.helo());
    List<HeaderField> fields = new ArrayList<>();
    result.mailFrom().ifPresent(r -> fields.add(ReceivedSpf.of(mailFrom, r, hostname)));
    result.helo().ifPresent(r -> fields.add(ReceivedSpf.of(helo, r, hostname)));
    return fields;
  }

  /** RFC 8601 §2.7.3. */
  private static MethodResult iprev(Event.IprevChecked checked) {
    MethodResult result =
        Method.IPREV.result(checked.result()).with("policy", "iprev", checked.address());
    return checked.name().isEmpty() ? result : result.because(checked.name());
  }

  private Optional<HeaderField> warning(Judgement judgement) {
    return Optional.of(
        HeaderField.of(WARNING, hostname.ascii() + ": " + Refusals.visible(judgement.reason())));
  }
}
