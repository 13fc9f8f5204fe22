package org.thurn.tls.dane;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.dns.RecordData.Tlsa;

/** Which TLSA records count for mail: those that can be understood, and of those the strongest. */
public final class UsableRecords {
  private static final int SHA2_256_DIGITS = 64;
  private static final int SHA2_512_DIGITS = 128;

  private UsableRecords() {}

  /**
   * The usable ones, in their order. Where one usage and selector has digests of two kinds, only
   * the stronger kind counts, so that a broken digest can be retired (RFC 7671 §9); whole
   * certificates and keys always do. Applied twice it is as applied once.
   */
  public static List<Tlsa> of(List<Tlsa> records) {
    List<Tlsa> usable = records.stream().filter(r -> objection(r).isEmpty()).distinct().toList();
    return usable.stream()
        .filter(
            record ->
                record.matching() != TlsaData.SHA2_256
                    || usable.stream().noneMatch(other -> isStronger(other, record)))
        .toList();
  }

  private static boolean isStronger(Tlsa other, Tlsa record) {
    return other.usage() == record.usage()
        && other.selector() == record.selector()
        && other.matching() == TlsaData.SHA2_512;
  }

  /** Why none counts, in words, each reason once, in an order that does not depend on theirs. */
  public static String why(List<Tlsa> records) {
    return records.stream()
        .flatMap(record -> objection(record).stream())
        .distinct()
        .sorted()
        .collect(Collectors.joining("; "));
  }

  /** What makes a record unusable; empty if it is usable. */
  private static Optional<String> objection(Tlsa record) {
    if (record.usage() != TlsaData.DANE_TA && record.usage() != TlsaData.DANE_EE) {
      // RFC 7672 §3.1.3: mail has no authorities that everybody trusts
      return Optional.of("usage " + record.usage() + " is not for mail");
    }
    if (record.selector() != TlsaData.CERT && record.selector() != TlsaData.SPKI) {
      return Optional.of("selector " + record.selector() + " is unknown");
    }
    return switch (record.matching()) {
      case TlsaData.FULL -> wholeObjection(record);
      case TlsaData.SHA2_256 -> digestObjection(record, SHA2_256_DIGITS);
      case TlsaData.SHA2_512 -> digestObjection(record, SHA2_512_DIGITS);
      default -> Optional.of("matching type " + record.matching() + " is unknown");
    };
  }

  private static Optional<String> digestObjection(Tlsa record, int digits) {
    return record.data().length() == digits
        ? Optional.empty()
        : Optional.of("a digest of a wrong length");
  }

  private static Optional<String> wholeObjection(Tlsa record) {
    boolean readable =
        record.selector() == TlsaData.CERT
            ? WholeData.certificate(record).isPresent()
            : WholeData.publicKey(record).isPresent();
    return readable ? Optional.empty() : Optional.of("data that cannot be read");
  }
}
