import { completesAtOnce, type ExpectedEnd } from '../expected-end.ts';
import { type Fault, faults, onlyTasks, type SimulatorPlan } from './fault.ts';

const calledBack = (
  title: string,
  fault: NonNullable<SimulatorPlan['fault']>,
  callbacks: NonNullable<ExpectedEnd['callbacks']>,
): Fault => ({
  title,
  deliveries: onlyTasks,
  findObstacle: ({ callsBack }) => (callsBack ? undefined : 'The provider calls nobody back.'),
  plans: ({ prompt }) => [{ match: prompt, on: 'callback', fault }],
  expected: () => ({ ...completesAtOnce, callbacks }),
});

/** Polling finds the end whatever becomes of the callbacks, and they change nothing more than when. */
export const callbacks = faults({
  callback_missing: calledBack('no callback', { kind: 'callback_missing' }, 'none'),
  callback_duplicate: calledBack('a callback, three times', { kind: 'callback_duplicate', times: 2 }, 200),
  callback_late: calledBack('a callback after the end', { kind: 'callback_late', afterMs: 4_000 }, 200),
  callback_early: calledBack('a callback before the answer', { kind: 'callback_early' }, 200),
  callback_out_of_order: calledBack('callbacks in the wrong order', { kind: 'callback_out_of_order' }, 200),
  callback_wrong_signature: calledBack(
    'a forged callback: the wrong signature',
    { kind: 'callback_forged', how: 'wrong_signature' },
    401,
  ),
  callback_unsigned: calledBack('a forged callback: no signature', { kind: 'callback_forged', how: 'unsigned' }, 401),
  callback_stale: calledBack(
    'a forged callback: an old one again',
    { kind: 'callback_forged', how: 'stale_timestamp' },
    401,
  ),
  callback_wrong_token: calledBack('a callback with another token', { kind: 'callback_wrong_token' }, 404),
  callback_not_json: calledBack('a callback that is no JSON', { kind: 'callback_not_json' }, 400),
});
