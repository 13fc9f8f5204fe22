package org.thurn.smtp.client;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.thurn.smtp.Reply;

/**
 * What a server offers, read from its reply to EHLO; to HELO, nothing.
 *
 * @param offered the extensions that we know
 * @param maxSize octets of a message, RFC 1870 §4; empty where there is no fixed limit
 * @param mechanisms of AUTH, upper case, in the server's order
 * @param maxRecipients of one transaction, RFC 9422 §4.2
 * @param maxTransactions of one connection, RFC 9422 §4.1
 */
public record Extensions(
    Set<Extension> offered,
    OptionalLong maxSize,
    List<String> mechanisms,
    OptionalInt maxRecipients,
    OptionalInt maxTransactions) {
  /** A server that only knows HELO. */
  public static final Extensions NONE =
      new Extensions(
          Set.of(), OptionalLong.empty(), List.of(), OptionalInt.empty(), OptionalInt.empty());

  public Extensions {
    offered = Set.copyOf(offered);
    mechanisms = List.copyOf(mechanisms);
  }

  public boolean offers(Extension extension) {
    return offered.contains(extension);
  }

  /** Whether a BINARYMIME message can go: RFC 3030 §3 binds it to BDAT. */
  public boolean takesBinary() {
    return offers(Extension.BINARY_MIME) && offers(Extension.CHUNKING);
  }

  /** {@code ehlo-ok-rsp}, RFC 5321 §4.1.1.1: the first line greets, each other is an ehlo-line. */
  static Extensions parse(Reply ehlo) {
    Set<Extension> offered = EnumSet.noneOf(Extension.class);
    List<String> mechanisms = new ArrayList<>();
    OptionalLong maxSize = OptionalLong.empty();
    OptionalInt maxRecipients = OptionalInt.empty();
    OptionalInt maxTransactions = OptionalInt.empty();
    for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
      // "AUTH=PLAIN" is what some old servers say beside or instead of "AUTH PLAIN"
      String[] words = line.replaceFirst("(?i)^AUTH=", "AUTH ").strip().split(" +");
      List<String> parameters = List.of(words).subList(1, words.length);
      Extension.of(words[0]).ifPresent(offered::add);
      switch (words[0].toUpperCase(Locale.ROOT)) {
        case "SIZE" -> maxSize = size(parameters);
        case "AUTH" ->
            parameters.stream()
                .map(m -> m.toUpperCase(Locale.ROOT))
                .filter(m -> !mechanisms.contains(m))
                .forEach(mechanisms::add);
        case "LIMITS" -> {
          maxRecipients = limit(parameters, "RCPTMAX=");
          maxTransactions = limit(parameters, "MAILMAX=");
        }
        default -> {
          // the keyword alone says all, or it is none that we know
        }
      }
    }
    return new Extensions(offered, maxSize, mechanisms, maxRecipients, maxTransactions);
  }

  /** RFC 1870 §3: zero or no parameter is no fixed limit; what is no number is no limit either. */
  private static OptionalLong size(List<String> parameters) {
    boolean given = !parameters.isEmpty() && parameters.getFirst().matches("[0-9]{1,18}");
    long octets = given ? Long.parseLong(parameters.getFirst()) : 0;
    return octets == 0 ? OptionalLong.empty() : OptionalLong.of(octets);
  }

  /** RFC 9422 §4: a limit is 1 to 6 digits, not zero; a malformed one is ignored. */
  private static OptionalInt limit(List<String> parameters, String name) {
    return parameters.stream()
        .filter(p -> p.toUpperCase(Locale.ROOT).startsWith(name))
        .map(p -> p.substring(name.length()))
        .filter(digits -> digits.matches("[1-9][0-9]{0,5}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }
}
