package org.thurn.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.thurn.queue.CrashPoint;

/** When one life ends. */
sealed interface Kill {
  /** When so many messages were acknowledged since it listens, and a moment has passed. */
  record AfterUp(int messages, Duration pause) implements Kill {}

  /** So long after the process was made: it may be in the middle of its recovery. */
  record AfterStart(Duration pause) implements Kill {}

  /** By its own hand, when a message comes to the point for the {@code nth} time. */
  record AtPoint(CrashPoint point, int nth) implements Kill {}

  /** A plan of {@code kills}: a quarter of them at crash points, each as often as the others. */
  static List<Kill> plan(int kills, Random random) {
    List<Kill> plan = new ArrayList<>();
    CrashPoint[] points = CrashPoint.values();
    for (int i = 0; i < kills; i++) {
      if (i < kills / 4) {
        plan.add(new AtPoint(points[i % points.length], 1 + random.nextInt(12)));
      } else if (random.nextInt(8) == 0) {
        plan.add(new AfterStart(Duration.ofMillis(100 + random.nextInt(900))));
      } else {
        plan.add(new AfterUp(1 + random.nextInt(60), Duration.ofMillis(random.nextInt(60))));
      }
    }
    Collections.shuffle(plan, random);
    return plan;
  }
}
