package org.thurn.mailbox;

import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;

/** Names one delivery of one queued message to one recipient, so that a replay finds it done. */
public record DeliveryMark(QueueId message, Mailbox recipient) {}
