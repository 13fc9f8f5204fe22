package org.thurn.mailbox;

import java.util.Optional;

/** One line of a LIST. Every superior of a mailbox exists, so {@code \NonExistent} never shows. */
public record MailboxInfo(
    MailboxId id,
    MailboxName name,
    boolean subscribed,
    boolean hasChildren,
    Optional<SpecialUse> specialUse) {}
