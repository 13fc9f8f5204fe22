package org.thurn.directory;

import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.sasl.CredentialStore;

/** What other rooms ask the directory. Answers come from memory; changes show within a second. */
public interface Directory extends CredentialStore {
  /** Whether mail for the domain ends here. */
  boolean isLocal(Domain domain);

  /** Where an address leads. */
  Resolution resolve(Mailbox address);

  /** Where a bare {@code <Postmaster>} leads. */
  Resolution postmaster();

  /** Whether the account may name {@code from} as its sender: its own, an alias of it, a grant. */
  boolean maySendAs(Mailbox account, Mailbox from);
}
