package org.thurn.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.tls.acme.CertificateKeeping;
import org.thurn.tls.acme.HeldCertificate;
import org.thurn.tls.acme.TlsaRecords;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code thurn certificates}. */
public final class CertificateCommands {
  private final Optional<CertificateKeeping> keeping;

  /**
   * @param keeping empty if no authority is asked
   */
  public CertificateCommands(Optional<CertificateKeeping> keeping) {
    this.keeping = keeping;
  }

  /** Carries out a command that begins with {@code certificates-}; empty for any other. */
  Optional<Outcome> handle(String command, JsonNode arguments, Answer to)
      throws IOException, InterruptedException {
    return switch (command) {
      case "certificates-list" -> Optional.of(list(arguments, to));
      case "certificates-renew" -> Optional.of(renew(arguments));
      default -> Optional.empty();
    };
  }

  private Outcome list(JsonNode arguments, Answer to) throws IOException {
    if (keeping.isEmpty()) {
      return Outcome.ok("no authority is asked for certificates: there is no [acme]");
    }
    for (CertificateKeeping.Listed listed : keeping.get().list()) {
      DirectoryCommands.show(arguments, to, item(listed), text(listed));
    }
    return Outcome.ok("");
  }

  private static ObjectNode item(CertificateKeeping.Listed listed) {
    HeldCertificate held = listed.held();
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("name", held.name().ascii());
    item.put("issuer", issuer(held).orElse(""));
    item.put("until", held.expires().map(Object::toString).orElse(""));
    item.put("renewal", held.due().map(Object::toString).orElse(""));
    item.put("key_made", held.key().made().toString());
    item.put("next_key_from", held.nextFrom().map(Object::toString).orElse(""));
    item.put("waiting", held.waiting().isPresent());
    item.put("trouble", held.trouble().map(HeldCertificate.Trouble::reason).orElse(""));
    ArrayNode records = item.putArray("tlsa");
    for (RecordData.Tlsa record : listed.tlsa()) {
      records
          .addObject()
          .put("record", TlsaRecords.line(held.name(), record))
          .put("shown", shown(listed, record));
    }
    return item;
  }

  private static Optional<String> issuer(HeldCertificate held) {
    return held.shown().map(chain -> chain.certificate().getIssuerX500Principal().getName());
  }

  private static String shown(CertificateKeeping.Listed listed, RecordData.Tlsa record) {
    return listed.dns().map(there -> there.contains(record) ? "yes" : "no").orElse("unknown");
  }

  private static String text(CertificateKeeping.Listed listed) {
    HeldCertificate held = listed.held();
    List<String> lines = new ArrayList<>();
    lines.add(
        held.expires()
            .map(
                until ->
                    "%s  until %s  by %s  renewed %s"
                        .formatted(
                            held.name(),
                            until,
                            issuer(held).orElse(""),
                            held.due().map(Object::toString).orElse("")))
            .orElse(held.name() + "  none yet"));
    lines.add("  key of " + held.key().made());
    held.next()
        .ifPresent(
            next ->
                lines.add(
                    "  next key of %s, %s"
                        .formatted(
                            next.made(),
                            held.nextFrom()
                                .map(from -> "used from " + from)
                                .orElse("not in the DNS yet"))));
    for (RecordData.Tlsa record : listed.tlsa()) {
      lines.add(
          "  %s  (in the DNS: %s)"
              .formatted(TlsaRecords.line(held.name(), record), shown(listed, record)));
    }
    if (held.waiting().isPresent()) {
      lines.add("  a new one waits: it is not what the TLSA records in the DNS say");
    }
    held.trouble()
        .ifPresent(
            trouble ->
                lines.add(
                    "  failed %d times, again at %s: %s"
                        .formatted(trouble.failures(), trouble.again(), trouble.reason())));
    return String.join("\n", lines);
  }

  private Outcome renew(JsonNode arguments) throws InterruptedException {
    String name = arguments.path("name").asString("");
    try {
      Optional<HeldCertificate> held =
          keeping.isPresent() ? keeping.get().renew(Domain.parse(name)) : Optional.empty();
      return held.map(CertificateCommands::renewed)
          .orElseGet(() -> Outcome.no("no certificate is kept for " + name + " here"));
    } catch (NameSyntaxException e) {
      return new Outcome(Exit.USAGE, "not a domain: " + name);
    }
  }

  private static Outcome renewed(HeldCertificate held) {
    if (held.trouble().isPresent()) {
      return new Outcome(Exit.UNAVAILABLE, held.trouble().get().reason());
    }
    return held.waiting().isPresent()
        ? Outcome.no("issued; it waits, since the TLSA records in the DNS are not of its key")
        : Outcome.ok(
            "renewed: that of %s holds until %s"
                .formatted(held.name(), held.expires().map(Object::toString).orElse("")));
  }
}
