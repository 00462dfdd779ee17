import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** The simulator's own numbers, for `GET /metrics`. */
export class RequestMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'darkroom_simulator_requests_total',
    help: 'Requests to simulated providers, by how they ended.',
    labelNames: ['provider', 'outcome'],
    registers: [this.#registry],
  });
  readonly #inFlight = new Gauge({
    name: 'darkroom_simulator_requests_in_flight',
    help: 'Accepted requests that have no answer yet.',
    labelNames: ['provider'],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  render(): Promise<string> {
    return this.#registry.metrics();
  }

  began(provider: string): void {
    this.#inFlight.inc({ provider });
  }

  ended(provider: string, outcome: string): void {
    this.#inFlight.dec({ provider });
    this.count(provider, outcome);
  }

  count(provider: string, outcome: string): void {
    this.#requests.inc({ provider, outcome });
  }
}
