package org.thurn.message;

import java.util.Set;

/**
 * A parsed message.
 *
 * @param root the message's own header and body
 * @param size in octets
 * @param lines line feeds in the whole message
 * @param traits of the whole message: what it needs from a transport
 * @param defects everything that was wrong, anywhere in it
 */
public record MimeTree(MimePart root, long size, long lines, Traits traits, Set<Defect> defects) {
  public MimeTree {
    defects = Set.copyOf(defects);
  }
}
