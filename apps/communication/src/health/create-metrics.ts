import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Connections } from '../connections/connections.ts';
import type { LoggedEvent } from '../log/logged-event.ts';
import type { CatchUps } from '../log/catch-ups.ts';
import type { Followers } from '../log/followers.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';

export interface Metrics {
  registry: Registry;
  countEvent(channel: 'websocket' | 'sse'): void;
  /** A reader was cut off, or a request for a stream refused. */
  countCutOff(reason: string): void;
  countPage(): void;
  noteDelivered(event: LoggedEvent): void;
  /** Shows what there is of each, from now on. */
  watch(watched: {
    connections: Pick<Connections, 'count'>;
    subscriptions: Pick<Subscriptions, 'count'>;
    catchUps: Pick<CatchUps, 'waiting'>;
    followers: Pick<Followers, 'lag'>;
  }): void;
}

/** The metrics of this process: who is connected, what is delivered, and how far behind it is. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'darkroom_stream_events_sent_total',
    help: 'Events that were handed to subscriptions, by channel.',
    labelNames: ['channel'],
    registers,
  });
  // Looked up once: this is counted for every event and every reader.
  const eventsBy = { websocket: events.labels('websocket'), sse: events.labels('sse') };
  const cutOffs = new Counter({
    name: 'darkroom_stream_cut_off_total',
    help: 'Connections that were ended or refused by this process, by the reason that their clients are told.',
    labelNames: ['reason'],
    registers,
  });
  const pages = new Counter({
    name: 'darkroom_stream_catch_up_pages_total',
    help: 'Pages of the log that were read for subscriptions that were behind.',
    registers,
  });
  const delivery = new Histogram({
    name: 'darkroom_stream_delivery_seconds',
    help: 'From the recording of an event to its delivery to all connections that follow it, by the clocks of two machines.',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers,
  });
  return {
    registry,
    countEvent: (channel) => eventsBy[channel].inc(),
    countCutOff: (reason) => cutOffs.inc({ reason }),
    countPage: () => pages.inc(),
    noteDelivered: ({ recordedAt }) => delivery.observe(Math.max(0, (Date.now() - recordedAt) / 1000)),
    watch({ connections, subscriptions, catchUps, followers }) {
      new Gauge({
        name: 'darkroom_stream_connections',
        help: 'Open connections, by channel.',
        labelNames: ['channel'],
        registers,
        collect() {
          for (const channel of ['websocket', 'sse'] as const) this.set({ channel }, connections.count(channel));
        },
      });
      showGauge('darkroom_stream_subscriptions', 'Subjects that are followed.', () => subscriptions.count);
      showGauge(
        'darkroom_stream_catch_ups_waiting',
        'Subscriptions that wait for a page of the log.',
        () => catchUps.waiting,
      );
      showGauge(
        'darkroom_stream_lag_events',
        'Events that this process has heard of and not read yet, over all accounts.',
        () => followers.lag,
      );
    },
  };

  function showGauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}
