package org.thurn.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurn.directory.Account;
import org.thurn.directory.Alias;
import org.thurn.directory.Change;
import org.thurn.directory.DirectoryChanges;
import org.thurn.directory.DomainSettings;
import org.thurn.directory.StoreDirectory;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on accounts, aliases and domains. */
public final class DirectoryCommands {
  private static final String CATCH_ALL = "*@";

  private final StoreDirectory directory;

  public DirectoryCommands(StoreDirectory directory) {
    this.directory = directory;
  }

  /** Carries out {@code account-*}, {@code alias-*} and {@code domain-*}; empty for any other. */
  public Optional<Outcome> handle(String author, String command, JsonNode arguments, Answer to)
      throws IOException {
    try {
      return switch (command) {
        case "account-add" ->
            said(
                changes().addAccount(address(arguments), password(arguments), author),
                "account " + address(arguments) + " made");
        case "account-password" ->
            said(
                changes().setPassword(address(arguments), password(arguments), author),
                "password of " + address(arguments) + " set");
        case "account-remove" ->
            said(
                changes().removeAccount(address(arguments), author),
                "account " + address(arguments) + " removed");
        case "account-set" -> accountSet(author, arguments);
        case "account-list" -> accounts(arguments, to);
        case "alias-add" -> aliasAdd(author, arguments);
        case "alias-remove" -> aliasRemove(author, arguments);
        case "alias-list" -> aliases(arguments, to);
        case "domain-add" ->
            said(changes().addDomain(domain(arguments), author), domain(arguments) + " made");
        case "domain-remove" ->
            said(changes().removeDomain(domain(arguments), author), domain(arguments) + " removed");
        case "domain-set" -> domainSet(author, arguments);
        case "domain-list" -> domains(arguments, to);
        default -> Optional.empty();
      };
    } catch (NameSyntaxException e) {
      return Optional.of(Outcome.of(Exit.USAGE, e));
    }
  }

  private DirectoryChanges changes() {
    return directory.changes();
  }

  private static Mailbox address(JsonNode arguments) throws NameSyntaxException {
    return Mailbox.parse(arguments.path("address").asString(""));
  }

  private static Domain domain(JsonNode arguments) throws NameSyntaxException {
    return Domain.parse(arguments.path("domain").asString(""));
  }

  private static String password(JsonNode arguments) {
    return arguments.path("password").asString("");
  }

  private static Optional<Outcome> said(Change change, String words) {
    return Optional.of(
        switch (change) {
          case Change.Done() -> Outcome.ok(words);
          case Change.Refused(String reason) -> Outcome.no(reason);
        });
  }

  private Optional<Outcome> aliasAdd(String author, JsonNode arguments) throws NameSyntaxException {
    String alias = arguments.path("alias").asString("");
    List<Mailbox> targets = new ArrayList<>();
    for (JsonNode target : arguments.path("targets")) {
      targets.add(Mailbox.parse(target.asString()));
    }
    Change change =
        alias.startsWith(CATCH_ALL)
            ? changes().setCatchAll(catchAll(alias), targets, author)
            : changes().setAlias(Mailbox.parse(alias), targets, author);
    return said(change, "alias " + alias + " leads to " + joined(targets));
  }

  private Optional<Outcome> aliasRemove(String author, JsonNode arguments)
      throws NameSyntaxException {
    String alias = arguments.path("alias").asString("");
    Change change =
        alias.startsWith(CATCH_ALL)
            ? changes().setCatchAll(catchAll(alias), List.of(), author)
            : changes().removeAlias(Mailbox.parse(alias), author);
    return said(change, "alias " + alias + " removed");
  }

  private static Domain catchAll(String alias) throws NameSyntaxException {
    return Domain.parse(alias.substring(CATCH_ALL.length()));
  }

  private Optional<Outcome> accountSet(String author, JsonNode arguments)
      throws NameSyntaxException {
    Mailbox account = address(arguments);
    String setting = arguments.path("setting").asString("");
    List<String> values = new ArrayList<>();
    arguments.path("values").forEach(value -> values.add(value.asString()));
    String done = account + ": " + setting + " = " + String.join(", ", values);
    return switch (setting) {
      case "quota-octets" ->
          quota(String.join(" ", values), "domain")
              .map(octets -> said(changes().setQuota(account, octets, author), done))
              .orElseGet(() -> usage("a whole number of octets, or domain"));
      case "send-as" -> said(changes().setGrants(account, mailboxes(values), author), done);
      default -> usage("one of quota-octets, send-as");
    };
  }

  private static Set<Mailbox> mailboxes(List<String> values) throws NameSyntaxException {
    Set<Mailbox> all = new LinkedHashSet<>();
    for (String value : values) {
      all.add(Mailbox.parse(value));
    }
    return all;
  }

  /** Octets; the outer one is empty if the text is neither a number nor the word for no number. */
  private static Optional<OptionalLong> quota(String text, String without) {
    if (text.equals(without)) {
      return Optional.of(OptionalLong.empty());
    }
    return text.matches("[0-9]{1,15}")
        ? Optional.of(OptionalLong.of(Long.parseLong(text)))
        : Optional.empty();
  }

  private Optional<Outcome> domainSet(String author, JsonNode arguments)
      throws NameSyntaxException {
    Domain domain = domain(arguments);
    String setting = arguments.path("setting").asString("");
    String value = arguments.path("value").asString("");
    String done = domain + ": " + setting + " = " + value;
    return switch (setting) {
      case "scram" ->
          truth(value)
              .map(on -> said(changes().setScram(domain, on, author), done))
              .orElseGet(() -> usage("true or false"));
      case "plus-addressing" ->
          truth(value)
              .map(on -> set(domain, setting, author, done, s -> s.withPlusAddressing(on)))
              .orElseGet(() -> usage("true or false"));
      case "quota-octets" ->
          quota(value, "none")
              .map(octets -> set(domain, setting, author, done, s -> s.withQuota(octets)))
              .orElseGet(() -> usage("a whole number of octets, or none"));
      case "admin" -> {
        Mailbox admin = Mailbox.parse(value);
        yield set(domain, setting, author, done, s -> s.withAdministrator(Optional.of(admin)));
      }
      default -> usage("one of scram, plus-addressing, quota-octets, admin");
    };
  }

  private Optional<Outcome> set(
      Domain domain,
      String setting,
      String author,
      String done,
      java.util.function.UnaryOperator<DomainSettings> to) {
    return said(changes().setDomain(domain, setting, to, author), done);
  }

  private static Optional<Boolean> truth(String value) {
    return value.matches("true|false") ? Optional.of(value.equals("true")) : Optional.empty();
  }

  private static Optional<Outcome> usage(String wanted) {
    return Optional.of(new Outcome(Exit.USAGE, "it must be " + wanted));
  }

  private Optional<Outcome> accounts(JsonNode arguments, Answer to) throws IOException {
    for (Account account : directory.accounts(Optional.empty())) {
      ObjectNode item =
          object()
              .put("address", account.address().toString())
              .put("created", account.created().toString());
      account.quota().ifPresent(octets -> item.put("quota-octets", octets));
      List<Mailbox> grants =
          account.grants().stream().sorted(Comparator.comparing(Mailbox::toString)).toList();
      grants.forEach(grant -> item.withArray("send-as").add(grant.toString()));
      String more = grants.isEmpty() ? "" : "  sends as " + joined(grants);
      show(arguments, to, item, account.address() + more);
    }
    return Optional.of(Outcome.ok(""));
  }

  private Optional<Outcome> aliases(JsonNode arguments, Answer to) throws IOException {
    for (Domain domain : directory.domains()) {
      List<Mailbox> all =
          directory.settings(domain).map(DomainSettings::catchAll).orElse(List.of());
      if (!all.isEmpty()) {
        alias(arguments, to, CATCH_ALL + domain, all);
      }
      for (Alias alias : directory.aliases(domain)) {
        alias(arguments, to, alias.address().toString(), alias.targets());
      }
    }
    return Optional.of(Outcome.ok(""));
  }

  private static void alias(JsonNode arguments, Answer to, String alias, List<Mailbox> targets)
      throws IOException {
    ObjectNode item = object().put("alias", alias);
    targets.forEach(target -> item.withArray("targets").add(target.toString()));
    show(arguments, to, item, alias + " -> " + joined(targets));
  }

  private Optional<Outcome> domains(JsonNode arguments, Answer to) throws IOException {
    for (Domain domain : directory.domains()) {
      DomainSettings settings = directory.settings(domain).orElseThrow();
      ObjectNode item =
          object()
              .put("domain", domain.ascii())
              .put("scram", settings.scram())
              .put("plus-addressing", settings.plusAddressing());
      settings.quota().ifPresent(octets -> item.put("quota-octets", octets));
      settings.administrator().ifPresent(admin -> item.put("admin", admin.toString()));
      show(arguments, to, item, domain + "  " + item);
    }
    return Optional.of(Outcome.ok(""));
  }

  private static String joined(List<Mailbox> addresses) {
    return addresses.stream().map(Mailbox::toString).collect(Collectors.joining(", "));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void show(JsonNode arguments, Answer to, ObjectNode item, String text) throws IOException {
    if (arguments.path("json").asBoolean(false)) {
      to.item(item);
    } else {
      to.text(text);
    }
  }
}
