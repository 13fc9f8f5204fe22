package org.thurn.delivery;

import java.time.Duration;

/**
 * What an administrator decides about local delivery.
 *
 * @param detailToMailbox whether mail to {@code user+detail} goes to the mailbox of that name, if
 *     there is one; off, since it lets strangers choose
 * @param overQuotaPatience how long a full account may take to make room before mail bounces
 */
public record DeliverySettings(boolean detailToMailbox, Duration overQuotaPatience) {
  /** INBOX only, one day. */
  public static final DeliverySettings DEFAULT = new DeliverySettings(false, Duration.ofDays(1));
}
