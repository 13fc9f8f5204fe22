package org.thurn.directory;

import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the rows of domains: settings, accounts and aliases agree with each other. */
public final class DirectoryCheck implements RoomCheck {
  @Override
  public String kind() {
    return DirectoryRows.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    PartitionReport report = new PartitionReport(partition, to);
    Optional<Domain> domain = domain(partition.id());
    if (domain.isEmpty()) {
      report.unreadable("*", "the partition's name is no domain");
    } else {
      new DomainCheck(view.read(partition), domain.get(), report).run();
    }
  }

  private static Optional<Domain> domain(String id) {
    try {
      return Optional.of(Domain.parse(id)).filter(domain -> domain.ascii().equals(id));
    } catch (NameSyntaxException e) {
      return Optional.empty();
    }
  }

  /** One domain. */
  private record DomainCheck(Snapshot rows, Domain domain, PartitionReport report) {
    void run() {
      report.onlyKinds(rows, "adl");
      Optional<byte[]> row = rows.get(DirectoryRows.SETTINGS);
      Optional<DomainSettings> settings =
          row.flatMap(octets -> report.read("d", () -> DirectoryRows.settings(octets)));
      report.each(rows, 'a', pair -> account(pair, settings));
      report.each(rows, 'l', this::alias);
      report.each(rows, 'd', pair -> only(pair, DirectoryRows.SETTINGS.length));
      boolean some = row.isPresent() || rows.scan(new byte[0], new byte[] {'z'}, 1).isEmpty();
      if (!some) {
        report.missing("d", "it has accounts or aliases and no settings");
      }
    }

    private void only(Pair pair, int length) {
      if (pair.key().length != length) {
        report.stray(Finding.shown(pair.key()), "a row of no known kind");
      }
    }

    private void account(Pair pair, Optional<DomainSettings> settings) {
      String key = Finding.shown(pair.key());
      report
          .read(key, () -> DirectoryRows.account(pair.value()))
          .ifPresent(
              stored -> {
                LocalPart local = named(key, pair, stored.account().address());
                if (rows.get(DirectoryRows.aliasKey(local)).isPresent()) {
                  report.differs(key, "it is an account and an alias");
                }
                if (!stored.passwordHash().startsWith("$argon2id$")) {
                  report.unreadable(key, "its password hash is not of Argon2id");
                }
                if (stored.scram().isPresent() && settings.filter(s -> !s.scram()).isPresent()) {
                  report.differs(key, "it has SCRAM keys, which its domain does not keep");
                }
              });
    }

    private void alias(Pair pair) {
      String key = Finding.shown(pair.key());
      report
          .read(key, () -> DirectoryRows.alias(pair.value()))
          .ifPresent(
              alias -> {
                named(key, pair, alias.address());
                if (alias.targets().isEmpty()) {
                  report.missing(key, "it leads nowhere");
                }
              });
    }

    /** The local part in the key, which the row must have too. */
    private LocalPart named(String key, Pair pair, Mailbox address) {
      LocalPart local = DirectoryRows.local(pair.key());
      boolean same =
          Fold.local(address.local()).equals(local)
              && address.domain().filter(domain::equals).isPresent();
      if (!same) {
        report.differs(key, "the row is that of " + address);
      }
      return local;
    }
  }
}
