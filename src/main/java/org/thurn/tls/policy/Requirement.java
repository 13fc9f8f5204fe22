package org.thurn.tls.policy;

import java.util.List;
import java.util.Set;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;

/** What a connection to a host must prove before a message goes over it. */
public sealed interface Requirement {
  /** TLS is not used. */
  enum Clear implements Requirement {
    INSTANCE
  }

  /** TLS with any certificate if it can be had, else in the clear. */
  enum Opportunistic implements Requirement {
    INSTANCE
  }

  /** TLS with any certificate, or not at all. */
  enum Encrypted implements Requirement {
    INSTANCE
  }

  /**
   * TLS with a certificate by a trusted authority, for one of these names.
   *
   * @param names at least one; the first is asked for by SNI
   */
  record Verified(List<Domain> names) implements Requirement {
    public Verified {
      names = List.copyOf(names);
    }
  }

  /**
   * TLS with a certificate that one of the TLSA records tells of, RFC 7672 §3.
   *
   * @param base the name that the records stand under: it is asked for by SNI (§8.1)
   * @param names under which a certificate of usage 2 may stand (§3.2.2)
   */
  record Dane(DnsName base, List<RecordData.Tlsa> records, Set<DnsName> names)
      implements Requirement {
    public Dane {
      records = List.copyOf(records);
      names = Set.copyOf(names);
    }
  }

  /** Whether nothing goes without TLS. */
  default boolean mandatory() {
    return switch (this) {
      case Clear _, Opportunistic _ -> false;
      case Encrypted _, Verified _, Dane _ -> true;
    };
  }

  /** For people and the journey, such as {@code verified mx.example}. */
  default String words() {
    return switch (this) {
      case Clear _ -> "clear";
      case Opportunistic _ -> "opportunistic";
      case Encrypted _ -> "encrypted";
      case Verified(List<Domain> names) ->
          "verified " + String.join(" or ", names.stream().map(Domain::unicode).toList());
      case Dane dane -> "dane " + dane.base().text();
    };
  }
}
