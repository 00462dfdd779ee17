import type { Fault, SimulatorPlan } from './fault.ts';

/** Has no callback tell of the end, where the provider calls back. */
export function withoutCallbacks({ prompt, traits }: Parameters<NonNullable<Fault['plans']>>[0]): SimulatorPlan[] {
  return traits.callsBack ? [{ match: prompt, on: 'callback', fault: { kind: 'callback_missing' } }] : [];
}
