package org.thurn.smtp.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.thurn.journey.QueueId;
import org.thurn.name.ForwardPath;
import org.thurn.name.ReversePath;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Verdict;

/**
 * Decides what the dialogue only asks: {@code transfer.intake} implements it. The dialogue checks
 * syntax, order, sizes and limits of its own before it asks.
 */
public interface Receiver {
  /** A connection begins. Called once for each; its methods are called by one thread. */
  Conversation open(Session session);

  /** One connection's decisions. */
  interface Conversation extends AutoCloseable {
    /** Before the greeting: a reject or defer is sent instead of 220 and ends the session. */
    Verdict connect();

    /** After HELO, EHLO or LHLO; on acceptance the dialogue writes its own 250. */
    Verdict helo(String argument);

    /** Begins a transaction; {@code id} names it in the journey and the queue. */
    Verdict mail(QueueId id, ReversePath sender, MailParameters parameters);

    Verdict rcpt(ForwardPath recipient, RcptParameters parameters);

    /** After 354 or the first BDAT: where the message goes. At least one recipient is accepted. */
    Incoming data() throws IOException;

    /** RSET, a new EHLO, or the end of a transaction: forget it. */
    void reset();

    @Override
    void close();
  }

  /** A message on its way in. */
  interface Incoming {
    /**
     * Takes the octets of the message, dots unstuffed, CRLF as they came. Throws IOException when
     * it cannot go on (no space): the dialogue then reads on to the end, drops it, and asks {@link
     * #finish} for the verdict.
     */
    OutputStream body();

    /**
     * The message is complete: after an accept it is durable (S1). One verdict for SMTP; for LMTP
     * one for each accepted recipient, in order.
     */
    List<Verdict> finish();

    /** The message did not come to its end, or broke a rule: drop it. */
    void abort();
  }
}
