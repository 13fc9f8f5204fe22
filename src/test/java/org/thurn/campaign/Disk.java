package org.thurn.campaign;

import java.io.IOException;
import java.util.Map;

/** What a kill leaves of the files. */
interface Disk {
  /** SIGKILL alone: what was written is there, synced or not. */
  Disk KEEPS_ALL =
      new Disk() {
        @Override
        public Map<String, String> environment(int life) {
          return Map.of();
        }

        @Override
        public void killed(int life) {}
      };

  /** What the process of a life is to have in its environment; called before it starts. */
  Map<String, String> environment(int life) throws IOException;

  /** The process is gone; the next is not there yet. */
  void killed(int life) throws IOException;
}
