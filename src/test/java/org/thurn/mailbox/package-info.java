/** Mailboxes on the real store: operations, counters against full scans, restarts. */
@NullMarked
package org.thurn.mailbox;

import org.jspecify.annotations.NullMarked;
