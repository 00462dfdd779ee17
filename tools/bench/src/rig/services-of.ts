import type { Stack, TestService } from '@darkroom/testing';
import type { Floor } from './start-floor.ts';

/** The processes whose logs say what went wrong, for `explainFault`. */
export function servicesOf({ main, workers, simulator }: Stack, { api, worker }: Floor): readonly TestService[] {
  return [main.service, ...workers.map(({ service }) => service), simulator.service, api, worker];
}
