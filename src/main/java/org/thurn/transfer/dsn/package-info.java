/**
 * Delivery status notifications: what became of a message, told to its sender in words that a
 * person understands and in fields that a program does. {@link org.thurn.transfer.dsn.DsnWriter} is
 * the queue's notifier: it judges who is owed what ({@link org.thurn.transfer.dsn.Owed}), writes
 * the three parts of a report (people's, the machine's, what is returned of the message) and says
 * where the notification goes.
 *
 * <p>RFC 3461 (what is asked for), 3464 (the fields), 6522 (the report), 6533 (with UTF-8
 * addresses), 3834 (how an automatic message marks itself).
 */
@NullMarked
package org.thurn.transfer.dsn;

import org.jspecify.annotations.NullMarked;
