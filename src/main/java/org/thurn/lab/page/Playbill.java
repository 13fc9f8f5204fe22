package org.thurn.lab.page;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios of one kind, and what is shown of them. Names are those of {@link #names}. */
interface Playbill {
  List<String> names();

  /** A heading of this level over all of them, with their last outcomes. */
  Html section(String heading);

  /** For people. */
  String title(String name);

  /**
   * One of them, after it was played or before.
   *
   * @param problem why it could not be played, or empty
   */
  Html page(String name, String problem);

  /**
   * Plays one and waits for its end.
   *
   * @throws IOException if it did not come to one
   */
  void play(String name) throws IOException;

  /** The same for programs: what it is, and what came of it if it was played. */
  void describe(String name, ObjectNode object);
}
