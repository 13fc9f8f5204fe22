package org.thurn.server;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.DomainPattern;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.authentication.dmarc.LocalRule;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Finding;
import org.thurn.transfer.policy.PolicyPage;

/** Reads the policy page: {@code [authentication]} and {@code [[author]]}. */
final class AuthenticationReader {
  private static final String ACTIONS =
      "one of \"accept\", \"mark\", \"junk\", \"greylist\" and \"reject\"";
  private static final String DMARC_ACTIONS = "one of \"accept\", \"junk\" and \"reject\"";

  private AuthenticationReader() {}

  static Settings.Authentication read(TomlTable table, List<TomlTable> authors)
      throws SettingsException {
    LocalPolicy usual = LocalPolicy.DEFAULT;
    Map<Finding, Action> lines = new EnumMap<>(Finding.class);
    lines.putAll(PolicyPage.DEFAULT.usual());
    lines.putAll(lines(table));
    List<LocalRule> rules = new ArrayList<>();
    List<PolicyPage.Special> specials = new ArrayList<>();
    for (TomlTable author : authors) {
      DomainPattern domains =
          author.require("domain", "a domain, or \"*.domain\"", DomainPattern::parse);
      dmarc(author, "dmarc-fail").ifPresent(a -> rules.add(LocalRule.of(domains, a)));
      specials.add(new PolicyPage.Special(domains, lines(author)));
      author.end();
    }
    LocalPolicy dmarc =
        new LocalPolicy(
            rules,
            true,
            dmarc(table, "author-unreadable").orElse(usual.unreadableAuthor()),
            dmarc(table, "several-from-fields").orElse(usual.severalFields()),
            table.flag("defer-unclear", usual.deferOnFailure()));
    List<DomainName> sealers =
        table.list("trusted-sealers", "domains", text -> DomainName.parse(text).orElseThrow());
    Settings.Authentication authentication =
        new Settings.Authentication(
            table.flag("check", true),
            table.file("public-suffix-list"),
            new PolicyPage(lines, specials, dmarc, new LinkedHashSet<>(sealers)),
            table.flag("received-spf", false));
    table.end();
    return authentication;
  }

  private static Map<Finding, Action> lines(TomlTable table) throws SettingsException {
    Map<Finding, Action> lines = new EnumMap<>(Finding.class);
    for (Finding finding : Finding.values()) {
      table
          .read(finding.key(), ACTIONS, text -> Action.chosen(text).orElseThrow())
          .ifPresent(action -> lines.put(finding, action));
    }
    return lines;
  }

  private static Optional<LocalRule.Action> dmarc(TomlTable table, String key)
      throws SettingsException {
    return table.read(
        key,
        DMARC_ACTIONS,
        text ->
            switch (text) {
              case "accept" -> LocalRule.Action.ACCEPT;
              case "junk" -> LocalRule.Action.JUNK;
              case "reject" -> LocalRule.Action.REJECT;
              default -> throw new IllegalArgumentException(text);
            });
  }
}
