package org.thurn.transfer.posture;

import java.util.List;

/** One side of a posture, which is looked at on a thread of its own. */
interface Check {
  Topic topic();

  /** Which host it is about; empty if the domain itself. */
  default String about() {
    return "";
  }

  /** Looks; what the network does is an observation. */
  List<Observation> look() throws InterruptedException;
}
