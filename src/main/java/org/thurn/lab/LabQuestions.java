package org.thurn.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.thurn.dns.Served;

/** The last questions that the lab's DNS answered, newest last. */
final class LabQuestions implements Consumer<Served> {
  private static final int KEPT = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Served> last = new ArrayDeque<>();

  @Override
  public void accept(Served served) {
    lock.lock();
    try {
      if (last.size() == KEPT) {
        last.removeFirst();
      }
      last.addLast(served);
    } finally {
      lock.unlock();
    }
  }

  List<Served> recent() {
    lock.lock();
    try {
      return new ArrayList<>(last);
    } finally {
      lock.unlock();
    }
  }
}
