package org.thurn.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurn.directory.Change;
import org.thurn.directory.StoreDirectory;
import org.thurn.name.Mailbox;
import org.thurn.server.MailServer;

/** Makes the people of the lab at the first start, and the list that leads to all of them. */
final class LabPeople {
  private static final String AUTHOR = "lab";
  private static final Mailbox LIST = Mailbox.of("all@list.example");

  private LabPeople() {}

  static void settle(Map<LabDomain, MailServer> servers, Map<Mailbox, String> passwords)
      throws IOException {
    for (Map.Entry<LabDomain, MailServer> entry : servers.entrySet()) {
      StoreDirectory directory = entry.getValue().inside().directory();
      for (Mailbox account : entry.getKey().accounts()) {
        if (directory.account(account).isEmpty()) {
          String password = passwords.getOrDefault(account, "");
          done(directory.changes().addAccount(account, password, AUTHOR));
        }
      }
      if (entry.getKey() == LabDomain.LIST && directory.aliases(LIST.domain().get()).isEmpty()) {
        done(directory.changes().setAlias(LIST, subscribers(), AUTHOR));
      }
    }
  }

  /** Everybody but the attacker and the list's own people. */
  private static List<Mailbox> subscribers() {
    List<Mailbox> all = new ArrayList<>();
    for (LabDomain domain : List.of(LabDomain.STRICT, LabDomain.SOFT, LabDomain.PLAIN)) {
      all.addAll(domain.accounts());
    }
    return all;
  }

  private static void done(Change change) throws IOException {
    switch (change) {
      case Change.Done() -> {}
      case Change.Refused(String reason) -> throw new IOException("the lab's people: " + reason);
    }
  }
}
