package org.thurn.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Recorder;

/** Numbers for Prometheus, counted from the journey's events: the same facts, added up. */
final class Metrics implements Recorder, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Class<?>, Counter> events = new ConcurrentHashMap<>();
  private final Counter octets =
      Counter.builder("thurn.accepted.octets")
          .description("octets of accepted messages")
          .register(registry);

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public void record(Entry entry) {
    Event event = entry.event();
    events.computeIfAbsent(event.getClass(), _ -> counter(event)).increment();
    if (event instanceof Event.Accepted accepted) {
      octets.increment((double) accepted.octets());
    }
  }

  private Counter counter(Event event) {
    return Counter.builder("thurn.events")
        .description("events of the journeys, by type")
        .tag("type", event.type())
        .register(registry);
  }

  /** A number that is asked for when somebody reads the metrics. */
  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** The text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
