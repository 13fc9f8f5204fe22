package org.thurn.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;

/**
 * The client's addresses and names as the DNS has them, with the validated names of RFC 7208 §5.5.
 */
final class ClientNames {
  private final InetAddress client;
  private final Questions questions;
  private final int most;

  ClientNames(InetAddress client, Questions questions, SpfSettings settings) {
    this.client = client;
    this.questions = questions;
    this.most = settings.ptrNames();
  }

  /** The type of record that holds addresses of the client's family. */
  RecordType addressType() {
    return client instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
  }

  /** The addresses of an answer. */
  static Stream<InetAddress> addresses(Answer answer) {
    return answer.records().stream().flatMap(ClientNames::address);
  }

  private static Stream<InetAddress> address(RecordData data) {
    return switch (data) {
      case RecordData.A(var address) -> Stream.of(address);
      case RecordData.Aaaa(var address) -> Stream.of(address);
      case RecordData.Mx _,
          RecordData.Txt _,
          RecordData.Tlsa _,
          RecordData.Ptr _,
          RecordData.Cname _,
          RecordData.Ns _,
          RecordData.Soa _,
          RecordData.Other _ ->
          Stream.empty();
    };
  }

  /**
   * The names that lead back to the client's address, in the server's order. RFC 7208 §5.5: a
   * failure to find the names makes none, a failure to find a name's addresses passes it over; only
   * the first ten are looked at (§4.6.4).
   */
  List<String> validated() throws CheckEnded {
    Answer pointers = questions.ask(DnsName.reverse(client), RecordType.PTR);
    List<DnsName> names =
        pointers.all(RecordData.Ptr.class).map(RecordData.Ptr::name).limit(most).toList();
    List<String> valid = new ArrayList<>();
    for (DnsName name : names) {
      // A host's name has no escapes; with one, its dots need not be where labels meet.
      boolean usual = !name.isRoot() && name.text().indexOf('\\') < 0;
      if (usual && addresses(questions.ask(name, addressType())).anyMatch(client::equals)) {
        valid.add(name.text());
      }
    }
    return List.copyOf(valid);
  }

  /** The value of the macro {@code p}, RFC 7208 §7.3. */
  String best(String domain) throws CheckEnded {
    List<String> names = validated();
    return names.stream()
        .filter(name -> name.equalsIgnoreCase(domain))
        .findFirst()
        .or(() -> names.stream().filter(name -> isWithin(name, domain)).findFirst())
        .or(() -> names.stream().findFirst())
        .orElse("unknown");
  }

  /** Whether the name is the domain or lies below it. */
  static boolean isWithin(String name, String domain) {
    int below = name.length() - domain.length();
    boolean ends = below >= 0 && name.regionMatches(true, below, domain, 0, domain.length());
    return ends && (below == 0 || name.charAt(below - 1) == '.');
  }
}
