package org.thurn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.Repair;
import org.thurn.authentication.dkim.Repairs;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.explain.Hop;
import org.thurn.authentication.explain.Travel;
import org.thurn.authentication.inbound.InboundCheck;
import org.thurn.authentication.inbound.InboundResult;
import org.thurn.authentication.inbound.InboundSettings;
import org.thurn.authentication.inbound.MessageCheck;
import org.thurn.authentication.spf.SpfSettings;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/**
 * A message checked once more, for somebody who wants to know.
 *
 * @param headers of the message
 * @param hops the first one first
 * @param result what all methods say now
 * @param signatures with what probably broke them
 */
record Explained(
    Headers headers, List<Hop> hops, InboundResult result, List<Signature> signatures) {
  /** Who asks, in SPF's macros: RFC 7208 §7.3 has this word for a name that is not known. */
  static final SpfSettings SPF = SpfSettings.of(Domain.of("unknown"));

  /**
   * A signature.
   *
   * @param repair what was probably changed after it was made
   */
  record Signature(DkimResult result, Optional<String> repair) {}

  static Explained of(MessageFile file, SceneOptions options)
      throws CommandFailure, java.io.IOException, InterruptedException {
    Headers headers = Headers.parse(file.octets(), MessageLimits.DEFAULT);
    Time time = options.time();
    InboundCheck check =
        new InboundCheck(
            options.resolver(),
            new InboundSettings(SPF, DmarcSettings.DEFAULT),
            time,
            Cryptography.platform());
    MessageCheck message = check.begin(options.scene().origin(headers));
    message.header(headers);
    message.take(file.octets(), headers.length(), file.octets().length - headers.length());
    InboundResult result = message.finish();
    return new Explained(
        headers, Travel.of(headers), result, signatures(file, result.dkim(), time));
  }

  static List<Signature> signatures(MessageFile file, List<DkimResult> results, Time time) {
    Repairs repairs = new Repairs(time, Cryptography.platform());
    List<Signature> signatures = new ArrayList<>();
    for (DkimResult result : results) {
      boolean signed = result.cause() != org.thurn.authentication.dkim.Cause.NOT_SIGNED;
      if (signed) {
        Optional<String> repair = repairs.find(file.octets(), result).map(Repair::sentence);
        signatures.add(new Signature(result, repair));
      }
    }
    return signatures;
  }
}
