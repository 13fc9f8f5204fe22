package org.thurn.admin;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimKeyRecord;
import org.thurn.authentication.dkim.rotation.Stage;
import org.thurn.directory.StoreDirectory;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;
import org.thurn.transfer.signing.DomainKey;
import org.thurn.transfer.signing.KeyKeeping;
import org.thurn.transfer.signing.SigningKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code thurn dkim keys}, {@code rotate} and {@code publish}. */
public final class DkimCommands {
  private final StoreDirectory directory;
  private final SigningKeys keys;
  private final KeyKeeping keeping;

  public DkimCommands(StoreDirectory directory, SigningKeys keys, KeyKeeping keeping) {
    this.directory = directory;
    this.keys = keys;
    this.keeping = keeping;
  }

  /** Carries out a command that begins with {@code dkim-}; empty for any other. */
  Optional<Outcome> handle(String author, String command, JsonNode arguments, Answer to)
      throws IOException {
    return switch (command) {
      case "dkim-keys" -> Optional.of(list(arguments, to));
      case "dkim-rotate" -> Optional.of(rotate(author, arguments));
      case "dkim-publish" -> Optional.of(publish(arguments, to));
      default -> Optional.empty();
    };
  }

  private interface OnDomain {
    Outcome run(Domain domain) throws IOException;
  }

  private Outcome onDomain(JsonNode arguments, OnDomain work) throws IOException {
    String name = arguments.path("domain").asString("");
    try {
      Domain domain = Domain.parse(name);
      return directory.isLocal(domain)
          ? work.run(domain)
          : Outcome.no("there is no domain " + domain);
    } catch (NameSyntaxException e) {
      return new Outcome(Exit.USAGE, "not a domain: " + name);
    }
  }

  private Outcome list(JsonNode arguments, Answer to) throws IOException {
    if (!arguments.path("domain").asString("").isEmpty()) {
      return onDomain(
          arguments,
          domain -> {
            // Whoever asks for one domain has perhaps just published its keys.
            keeping.lookAgain(domain);
            return list(domain, arguments, to);
          });
    }
    for (Domain domain : directory.domains()) {
      list(domain, arguments, to);
    }
    return Outcome.ok("");
  }

  private Outcome list(Domain domain, JsonNode arguments, Answer to) throws IOException {
    for (DomainKey key : there(domain)) {
      String next = keeping.plan(domain, key);
      String stage = key.stage().name().toLowerCase(Locale.ROOT);
      ObjectNode item =
          JsonNodeFactory.instance
              .objectNode()
              .put("domain", domain.ascii())
              .put("selector", key.selector())
              .put("algorithm", key.state().algorithm().word())
              .put("state", stage)
              .put("since", key.state().since().toString())
              .put("made", key.made().toString())
              .put("shown", key.shown())
              .put("signs", key.signs())
              .put("next", next)
              .put("name", KeyKeeping.recordName(domain, key).text())
              .put("record", text(key));
      String line =
          "%s  %s  %s  %s since %s  %s\n  %s TXT %s"
              .formatted(
                  domain,
                  key.selector(),
                  key.state().algorithm().word(),
                  stage,
                  key.state().since(),
                  next,
                  KeyKeeping.recordName(domain, key),
                  text(key));
      DirectoryCommands.show(arguments, to, item, line);
    }
    return Outcome.ok("");
  }

  /** What the DNS shall know of: all but those that are gone. */
  private List<DomainKey> there(Domain domain) {
    return keys.of(domain).stream().filter(key -> key.stage() != Stage.GONE).toList();
  }

  private static String text(DomainKey key) {
    return key.wanted().map(DkimKeyRecord::toString).orElse("");
  }

  private Outcome rotate(String author, JsonNode arguments) throws IOException {
    return onDomain(
        arguments,
        domain -> {
          keeping.rotate(domain, author);
          String waiting =
              there(domain).stream()
                  .filter(key -> key.stage() == Stage.PUBLISHED)
                  .map(key -> key.selector() + " " + keeping.plan(domain, key))
                  .collect(Collectors.joining("; "));
          return Outcome.ok(
              "rotation of " + domain + " begun" + (waiting.isEmpty() ? "" : ": " + waiting));
        });
  }

  private Outcome publish(JsonNode arguments, Answer to) throws IOException {
    return onDomain(
        arguments,
        domain -> {
          keeping.attend(domain); // a new domain has its keys from now on
          for (DomainKey key : there(domain)) {
            String line = zoneLine(domain, key);
            ObjectNode item = JsonNodeFactory.instance.objectNode().put("line", line);
            DirectoryCommands.show(arguments, to, item, line);
          }
          return Outcome.ok("");
        });
  }

  /** In master-file form, RFC 1035 §5. */
  private static String zoneLine(Domain domain, DomainKey key) {
    String strings =
        key.wanted().map(DkimKey::strings).orElse(List.of()).stream()
            .map(string -> '"' + string + '"')
            .collect(Collectors.joining(" "));
    return KeyKeeping.recordName(domain, key) + " 3600 IN TXT ( " + strings + " )";
  }
}
