package org.thurn.server;

import org.thurn.directory.StoreDirectory;
import org.thurn.journal.Journal;
import org.thurn.journey.Journey;
import org.thurn.mailbox.MailStore;
import org.thurn.queue.MailQueue;
import org.thurn.queue.Submitter;
import org.thurn.transfer.signing.SigningKeys;

/** The rooms of a running server that another program in this process may use: the lab's page. */
public final class Inside {
  private final Rooms rooms;

  Inside(Rooms rooms) {
    this.rooms = rooms;
  }

  public StoreDirectory directory() {
    return rooms.directory;
  }

  public MailStore mail() {
    return rooms.mail;
  }

  public MailQueue queue() {
    return rooms.queue;
  }

  public Journal journal() {
    return rooms.journal;
  }

  /** The keys that the server signs with. */
  public SigningKeys keys() {
    return rooms.keys;
  }

  /** Does what is due for the domains' keys now, which housekeeping does every minute. */
  public void keepKeys() {
    rooms.keepKeys();
  }

  public Submitter submitter() {
    return rooms.submission;
  }

  /** For what a program of this domain does beside the server; about nothing yet. */
  public Journey journey() {
    return rooms.journey;
  }
}
