package org.thurn.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;

/**
 * One message to send.
 *
 * @param sender MAIL FROM
 * @param parameters SIZE, RET, ENVID and AUTH are left out where the server does not offer them;
 *     BODY, SMTPUTF8 and REQUIRETLS must be offered
 * @param addressees RCPT TO, at least one
 * @param content writes the message's octets
 */
public record Transaction(
    ReversePath sender, MailParameters parameters, List<Addressee> addressees, Content content) {
  public Transaction {
    addressees = List.copyOf(addressees);
    if (addressees.isEmpty()) {
      throw new IllegalArgumentException("a transaction has a recipient");
    }
  }

  /** One recipient; NOTIFY and ORCPT are left out where the server does not offer DSN. */
  public record Addressee(Mailbox address, RcptParameters parameters) {}

  /** Where the octets come from. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the message as it is stored, without dot-stuffing. If it fails, the connection must be
     * closed, so that no cut-off message passes for a whole one.
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
