package org.thurn.access.imap;

import org.thurn.mailbox.MailboxOutcome;

/**
 * The tagged reply of a command (RFC 9051 §7.1).
 *
 * @param code the response code without its brackets; empty if there is none
 */
record Completion(Status status, String code, String text) {
  enum Status {
    OK,
    NO,
    BAD
  }

  static Completion ok(String text) {
    return new Completion(Status.OK, "", text);
  }

  static Completion ok(String code, String text) {
    return new Completion(Status.OK, code, text);
  }

  static Completion no(String code, String text) {
    return new Completion(Status.NO, code, text);
  }

  static Completion bad(String text) {
    return new Completion(Status.BAD, "", text);
  }

  /** {@code NONEXISTENT} of RFC 9051 §7.1: the mailbox to work on is not there. */
  static Completion nonexistent() {
    return no("NONEXISTENT", "No such mailbox");
  }

  /** The mailbox to put messages into is not there, and the client may create it. */
  static Completion tryCreate() {
    return no("TRYCREATE", "No such mailbox");
  }

  static Completion overQuota() {
    return no("OVERQUOTA", "The account is full");
  }

  static Completion of(MailboxOutcome outcome) {
    return switch (outcome) {
      case DONE -> ok("Completed");
      case ALREADY_EXISTS -> no("ALREADYEXISTS", "The mailbox exists");
      case NONEXISTENT -> nonexistent();
      case HAS_CHILDREN -> no("HASCHILDREN", "The mailbox has children");
      case CANNOT -> no("CANNOT", "That cannot be done");
      case LIMIT -> no("LIMIT", "Too many mailboxes");
    };
  }
}
