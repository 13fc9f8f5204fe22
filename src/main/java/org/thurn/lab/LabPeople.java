package org.thurn.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.directory.Alias;
import org.thurn.directory.Change;
import org.thurn.directory.StoreDirectory;
import org.thurn.lab.scenario.People;
import org.thurn.name.Mailbox;
import org.thurn.queue.Submitter;
import org.thurn.server.Inside;
import org.thurn.server.MailServer;
import org.thurn.smtp.Verdict;
import org.thurn.time.Time;
import org.thurn.user.MailWriter;

/**
 * Makes the people of the lab at the first start, carol with a message to begin with, and the list
 * that leads to all of them.
 */
final class LabPeople {
  private static final String AUTHOR = "lab";
  private static final Mailbox LIST = Mailbox.of("all@list.example");

  /** What {@code list.example} forwards; the others are for the scenarios. */
  private static final Map<Mailbox, List<Mailbox>> ALIASES =
      Map.of(
          LIST,
          subscribers(),
          People.FRIENDS,
          List.of(People.FRIEND),
          People.CLUB,
          List.of(People.MEMBER),
          People.NEWS,
          List.of(People.LIST_PROGRAM));

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(10);

  private final Map<LabDomain, MailServer> servers;
  private final Map<Mailbox, String> passwords;
  private final Time time;

  LabPeople(Map<LabDomain, MailServer> servers, Map<Mailbox, String> passwords, Time time) {
    this.servers = servers;
    this.passwords = passwords;
    this.time = time;
  }

  /** Returns when everybody is there and the first messages are in the mailboxes. */
  void settle() throws IOException {
    List<LabDomain> empty = new ArrayList<>();
    List<Callable<Void>> accounts = new ArrayList<>();
    for (Map.Entry<LabDomain, MailServer> entry : servers.entrySet()) {
      StoreDirectory directory = entry.getValue().inside().directory();
      if (directory.accounts(Optional.empty()).isEmpty()) {
        empty.add(entry.getKey());
      }
      for (Mailbox account : entry.getKey().accounts()) {
        if (directory.account(account).isEmpty()) {
          accounts.add(
              () -> {
                String password = passwords.getOrDefault(account, "");
                done(directory.changes().addAccount(account, password, AUTHOR));
                return null;
              });
        }
      }
    }
    // Argon2 takes its time on purpose: fifteen use every core
    Together.run(accounts);
    keys();
    list();
    for (LabDomain domain : empty) {
      welcome(domain);
    }
    for (LabDomain domain : empty) {
      awaitDelivery(inside(domain));
    }
  }

  /** Everybody's first message is signed already. */
  private void keys() throws IOException {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (MailServer server : servers.values()) {
      tasks.add(
          () -> {
            server.inside().keepKeys();
            return null;
          });
    }
    Together.run(tasks);
  }

  private void list() throws IOException {
    StoreDirectory directory = inside(LabDomain.LIST).directory();
    List<Mailbox> known =
        directory.aliases(LabDomain.LIST.domain()).stream().map(Alias::address).toList();
    for (Map.Entry<Mailbox, List<Mailbox>> alias : ALIASES.entrySet()) {
      if (!known.contains(alias.getKey())) {
        done(directory.changes().setAlias(alias.getKey(), alias.getValue(), AUTHOR));
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

  private void welcome(LabDomain domain) throws IOException {
    String text =
        """
        Welcome to %s.

        %s

        Its server is %s at %s. Send a message to somebody in another domain and
        look at its journey: thurn trace --state DIR/%s MESSAGE-ID
        """
            .formatted(
                domain.domain(),
                domain.character(),
                domain.host(),
                domain.address().getHostAddress(),
                domain.domain());
    Submitter submitter = inside(domain).submitter();
    List<Mailbox> people = domain.accounts();
    try {
      Submitter.Result result =
          new MailWriter(time, domain.host(), submitter)
              .send(
                  people.getFirst(),
                  "Welcome to " + domain.domain(),
                  List.of(people.getLast()),
                  text.getBytes(StandardCharsets.UTF_8));
      if (!(result.verdict() instanceof Verdict.Accept)) {
        throw new IOException("the lab's first message: " + result.verdict().reply());
      }
    } catch (MailWriter.NotTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitDelivery(Inside inside) throws IOException {
    long end = time.ticks() + LONGEST.toNanos();
    try {
      while (inside.queue().ledger().open() > 0 && time.ticks() < end) {
        time.pause(STEP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  private Inside inside(LabDomain domain) {
    MailServer server = servers.get(domain);
    if (server == null) {
      throw new IllegalStateException(domain + " does not run");
    }
    return server.inside();
  }

  private static void done(Change change) throws IOException {
    switch (change) {
      case Change.Done() -> {}
      case Change.Refused(String reason) -> throw new IOException("the lab's people: " + reason);
    }
  }
}
