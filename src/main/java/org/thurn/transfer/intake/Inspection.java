package org.thurn.transfer.intake;

import java.util.List;
import java.util.Optional;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.smtp.Verdict;

/**
 * What looks at a message while it comes in, and speaks when it is whole: the check of who sent
 * mail from outside, the signing of mail from our accounts. It sees the octets of the body; its
 * header it was given when it was made.
 */
interface Inspection {
  /** Sees the next octets of the body. */
  void take(byte[] octets, int offset, int count);

  /** The message is whole. */
  Conclusion end();

  /**
   * What is to be done.
   *
   * @param refusal why the message is not taken
   * @param added fields for the top of its header, the first topmost
   * @param junk whether it belongs to the junk
   */
  record Conclusion(Optional<Verdict> refusal, List<HeaderField> added, boolean junk) {
    static final Conclusion NOTHING = new Conclusion(Optional.empty(), List.of(), false);

    public Conclusion {
      added = List.copyOf(added);
    }

    Headers on(Headers headers) {
      return headers.prepend(added.toArray(HeaderField[]::new));
    }
  }

  /** Of a message that nobody looks at. */
  Inspection NONE =
      new Inspection() {
        @Override
        public void take(byte[] octets, int offset, int count) {
          // nothing is wanted of it
        }

        @Override
        public Conclusion end() {
          return Conclusion.NOTHING;
        }
      };
}
