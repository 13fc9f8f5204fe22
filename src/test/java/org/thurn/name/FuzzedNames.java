package org.thurn.name;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** Paths, mailboxes, domains, literals and addresses: what is read and written is read the same. */
public final class FuzzedNames {
  private FuzzedNames() {}

  public static FuzzTarget all() {
    return Choice.of(
        parsed(FuzzedNames::mailbox),
        parsed(FuzzedNames::reversePath),
        parsed(FuzzedNames::forwardPath),
        parsed(FuzzedNames::domain),
        parsed(FuzzedNames::host),
        parsed(FuzzedNames::address));
  }

  private interface Parser {
    void parse(String text) throws NameSyntaxException;
  }

  private static FuzzTarget parsed(Parser parser) {
    return octets -> {
      String text = new String(octets, StandardCharsets.UTF_8);
      try {
        parser.parse(text);
      } catch (NameSyntaxException e) {
        String said = String.valueOf(e.getMessage());
        boolean shown = said.length() < 300 && said.chars().noneMatch(Character::isISOControl);
        Promise.holds(shown, () -> "a message that cannot be shown: " + said);
      }
    };
  }

  private static void mailbox(String text) throws NameSyntaxException {
    Mailbox mailbox = Mailbox.parse(text);
    Promise.same(mailbox, Mailbox.parse(mailbox.toString()), "the mailbox");
    Promise.same(mailbox, Mailbox.parse(mailbox.unicode()), "the mailbox for people");
    Promise.same(
        mailbox.local().folded(), mailbox.local().folded().folded(), "folded a second time");
  }

  private static void reversePath(String text) throws NameSyntaxException {
    ReversePath path = ReversePath.parse(text);
    Promise.same(path, ReversePath.parse("<" + path + ">"), "the path");
  }

  private static void forwardPath(String text) throws NameSyntaxException {
    ForwardPath path = ForwardPath.parse(text);
    Promise.same(path, ForwardPath.parse("<" + path + ">"), "the path");
  }

  private static void domain(String text) throws NameSyntaxException {
    Domain domain = Domain.parse(text);
    Promise.same(domain, Domain.parse(domain.ascii()), "the domain");
    Promise.same(domain, Domain.parse(domain.unicode()), "the domain for people");
    Promise.same(domain.ascii(), String.join(".", domain.labels()), "its labels");
    domain.parent().ifPresent(above -> Promise.holds(domain.isWithin(above), above::ascii));
  }

  private static void host(String text) throws NameSyntaxException {
    Host host = Host.parse(text);
    Promise.same(host, Host.parse(host.ascii()), "the host");
  }

  private static void address(String text) throws NameSyntaxException {
    InetAddress address = IpAddress.parse(text);
    Promise.same(address, IpAddress.parse(IpAddress.format(address)), "the address");
  }
}
