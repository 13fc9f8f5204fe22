package org.thurn.authentication.spf;

import java.net.InetAddress;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;

/**
 * Who is to be checked. The texts are what the client said, whatever it said.
 *
 * @param client the client's address; an IPv4-mapped one counts as IPv4 (RFC 7208 §5)
 * @param helo the argument of HELO or EHLO, as said
 * @param identity which of the two names is checked
 * @param localPart of the sender, without quotes; "postmaster" where there is none (RFC 7208 §4.3)
 * @param domain of the sender, with A-labels (RFC 8616 §4) and without final dot; may be no domain
 *     name at all
 */
public record SpfRequest(
    InetAddress client, String helo, Identity identity, String localPart, String domain) {
  /** No name has more, and a command line hardly: what is longer is cut. */
  static final int MAX_TEXT = 512;

  private static final String POSTMASTER = "postmaster";

  public SpfRequest {
    helo = cut(aLabels(cut(helo)));
    localPart = localPart.isEmpty() ? POSTMASTER : cut(localPart);
    String name = cut(aLabels(cut(domain)));
    domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** Checks MAIL FROM; the null path stands for postmaster at the HELO name (RFC 7208 §2.4). */
  public static SpfRequest mailFrom(InetAddress client, String helo, ReversePath path) {
    return switch (path) {
      case ReversePath.Of(Mailbox address) ->
          new SpfRequest(
              client, helo, Identity.MAILFROM, address.local().value(), address.host().ascii());
      case ReversePath.Null _ -> new SpfRequest(client, helo, Identity.MAILFROM, POSTMASTER, helo);
    };
  }

  /** Checks the HELO name (RFC 7208 §2.3). */
  public static SpfRequest helo(InetAddress client, String helo) {
    return new SpfRequest(client, helo, Identity.HELO, POSTMASTER, helo);
  }

  /** {@code <sender>} of RFC 7208 §4.1. */
  public String sender() {
    return localPart + "@" + domain;
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }

  /** RFC 8616 §4: U-labels become A-labels before anything is done with them. */
  private static String aLabels(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    try {
      return Domain.parse(name).ascii();
    } catch (NameSyntaxException _) {
      return name; // no domain name, so that nothing will be looked up
    }
  }
}
