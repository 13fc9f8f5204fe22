package org.thurn.transfer.intake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.smtp.Verdict;
import org.thurn.store.Staged;

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

  /** Makes another message of one that is whole. */
  interface Rewriting {
    /**
     * What is kept in its place.
     *
     * @param whole is closed by this, or returned
     */
    Staged rewritten(Staged whole) throws IOException;
  }

  /**
   * What is to be done.
   *
   * @param refusal why the message is not taken
   * @param added fields for the top of its header, the first topmost
   * @param junk whether it belongs to the junk
   * @param rewriting what is made of it before it is kept
   */
  record Conclusion(
      Optional<Verdict> refusal, List<HeaderField> added, boolean junk, Rewriting rewriting) {
    private static final Rewriting NONE = whole -> whole;

    static final Conclusion NOTHING = added(List.of());

    public Conclusion {
      added = List.copyOf(added);
    }

    static Conclusion refused(Verdict verdict) {
      return new Conclusion(Optional.of(verdict), List.of(), false, NONE);
    }

    static Conclusion added(List<HeaderField> fields) {
      return new Conclusion(Optional.empty(), fields, false, NONE);
    }

    static Conclusion rewriting(Rewriting rewriting) {
      return new Conclusion(Optional.empty(), List.of(), false, rewriting);
    }

    Conclusion asJunk() {
      return new Conclusion(refusal, added, true, rewriting);
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
