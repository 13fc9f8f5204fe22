package org.thurn.authentication.dmarc.report;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.Disposition;
import org.thurn.authentication.dmarc.DkimInput;
import org.thurn.authentication.dmarc.DmarcOutcome;
import org.thurn.authentication.dmarc.DmarcRequest;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.Evaluation;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.Words;
import org.thurn.name.IpAddress;

/**
 * Makes the rows of messages that we judged.
 *
 * @param client the client's address
 * @param envelopeFrom the domain of MAIL FROM, "" for the null path
 * @param envelopeTo the domain of RCPT TO; empty if reports are not to tell it
 */
public record RowMaker(InetAddress client, String envelopeFrom, Optional<String> envelopeTo) {
  /** RFC 9990 §3.1.3. */
  static final int MAX_SIGNATURES = 100;

  /**
   * The row of a message.
   *
   * @return empty unless it passed or failed: only of those RFC 9990 knows how to tell
   */
  public Optional<ReportRow> row(
      DmarcRequest request, Evaluation evaluation, Disposition disposition) {
    boolean judged =
        evaluation.outcome() == DmarcOutcome.PASS || evaluation.outcome() == DmarcOutcome.FAIL;
    if (!judged || evaluation.policy().isEmpty()) {
      return Optional.empty();
    }
    List<ReportReason> reasons =
        disposition.overrides().stream()
            .map(o -> new ReportReason(o.type().word(), o.comment()))
            .toList();
    List<AuthResult.Spf> spf =
        request.spf().stream()
            .map(s -> new AuthResult.Spf(s.domain(), "mfrom", s.code(), s.explanation()))
            .map(RowMaker::shown)
            .toList();
    return Optional.of(
        new ReportRow(
            IpAddress.format(client),
            reported(evaluation, disposition),
            evaluation.passesBy(Alignment.Method.DKIM),
            evaluation.passesBy(Alignment.Method.SPF),
            reasons,
            evaluation.author().text(),
            Optional.of(Words.of(envelopeFrom)),
            envelopeTo,
            signatures(request.dkim(), evaluation.author()),
            spf));
  }

  private static AuthResult.Spf shown(AuthResult.Spf spf) {
    return new AuthResult.Spf(
        Words.of(spf.domain()), spf.scope(), spf.code(), Words.of(spf.explanation()));
  }

  private static ReportedDisposition reported(Evaluation evaluation, Disposition disposition) {
    return switch (disposition) {
      case Disposition.Accept _, Disposition.Defer _ -> {
        boolean passed = evaluation.outcome() == DmarcOutcome.PASS;
        boolean enforced = evaluation.policy().map(p -> p.published() != Policy.NONE).orElse(false);
        yield passed && enforced ? ReportedDisposition.PASS : ReportedDisposition.NONE;
      }
      case Disposition.Junk _ -> ReportedDisposition.QUARANTINE;
      case Disposition.Reject _ -> ReportedDisposition.REJECT;
    };
  }

  /** RFC 9990 §3.1.3: those first that say most. */
  private static List<AuthResult.Dkim> signatures(List<DkimInput> all, DomainName author) {
    List<DkimInput> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingInt(input -> rank(input, author)));
    return sorted.stream()
        .limit(MAX_SIGNATURES)
        .map(
            d ->
                new AuthResult.Dkim(
                    Words.of(d.domain()),
                    Words.of(d.selector()),
                    d.code(),
                    Words.of(d.explanation())))
        .toList();
  }

  private static int rank(DkimInput input, DomainName author) {
    if (input.code() != AuthenticationCode.PASS) {
      return 3;
    }
    Optional<DomainName> domain = DomainName.parse(input.domain());
    if (domain.isEmpty()) {
      return 2;
    }
    boolean near = domain.get().isWithin(author) || author.isWithin(domain.get());
    return domain.get().equals(author) ? 0 : near ? 1 : 2;
  }
}
