import { completesAtOnce, type ExpectedEnd } from '../expected-end.ts';
import { waitForTaskState } from '../wait-for-event.ts';
import { longestWaitSeconds, waitUntil } from '../wait-until.ts';
import { type Fault, faults, onlyTasks, type SimulatorPlan } from './fault.ts';

const calledBack = (
  title: string,
  fault: SimulatorPlan['fault'],
  callbacks: NonNullable<ExpectedEnd['callbacks']>,
): Fault => ({
  title,
  deliveries: onlyTasks,
  findObstacle: ({ callsBack }) => (callsBack ? undefined : 'The provider calls nobody back.'),
  plans: ({ prompt }) => (fault ? [{ match: prompt, on: 'callback', fault }] : []),
  expected: () => ({ ...completesAtOnce, callbacks }),
});

/** Nobody looks unless a callback says so: it is a callback that ends the call. */
const believed = (title: string, fault: SimulatorPlan['fault']): Fault => ({
  ...calledBack(title, fault, 200),
  isUnasked: true,
});

/** Where there is no callback to believe, polling finds the end. One that comes again or late changes nothing. */
export const callbacks = faults({
  callback_alone: believed('a callback, and nobody else looks', undefined),
  callback_missing: calledBack('no callback', { kind: 'callback_missing' }, 'none'),
  callback_duplicate: {
    ...believed('a callback, three times', { kind: 'callback_duplicate', times: 2 }),
    expected: () => ({ ...completesAtOnce, callbacks: 200, toldOfEnd: 3 }),
  },
  callback_late: {
    ...calledBack('a callback after the end', { kind: 'callback_missing' }, 200),
    during: async (scene) => {
      await scene.client.waitForEnd(scene.call.id, longestWaitSeconds);
      const taskId = await waitForTaskState(scene, 'succeeded');
      const { control } = scene.stage.stack;
      // As a provider does that had no answer in its time.
      await waitUntil('an answer to the callback', async () => (await control.callBack(taskId)) !== null);
    },
  },
  callback_early: believed('a callback before the answer', { kind: 'callback_early' }),
  callback_out_of_order: believed('callbacks in the wrong order', { kind: 'callback_out_of_order' }),
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
