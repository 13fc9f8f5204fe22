package org.thurn.journal.render;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes DEL and the control characters of Latin-1 (C1) as well, which JSON allows as they are
 * (RFC 8259 section 7) and a terminal may obey.
 */
final class ControlEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;
  private static final int DEL = 0x7f;

  private final int[] ascii = standardAsciiEscapesForJSON();

  ControlEscapes() {
    ascii[DEL] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii;
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return Character.isISOControl(character)
        ? new SerializedString(String.format("\\u%04x", character))
        : null;
  }
}
