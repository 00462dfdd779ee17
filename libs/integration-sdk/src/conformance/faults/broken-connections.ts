import { completesAfterRefusal, completesAtOnce, followsTheProof, waitsForCallback } from '../expected-end.ts';
import { finishTask, waitForEvent, waitForLog } from '../wait-for-event.ts';
import { type Fault, faults, longTaskMs, onlyTasks } from './fault.ts';

const beforeAcceptance = (kind: string, title: string): Fault => ({
  title,
  setting: 'alone',
  plans: ({ apiKey }) => [{ matchKey: apiKey, times: 1, fault: { kind } }],
  needsCleanList: ({ lists }) => lists,
  hasty: waitsForCallback,
  expected: (traits) => followsTheProof(traits, { charged: 0 }),
});

const afterAcceptance = (kind: string, title: string): Fault => ({
  title,
  plans: ({ prompt }) => [{ match: prompt, times: 1, fault: { kind } }],
  expected: (traits) => followsTheProof(traits, { charged: 1 }),
});

/** The connection does not come about, or breaks. */
export const brokenConnections = faults({
  connection_refused: {
    title: 'connection refused',
    setting: 'alone',
    before: ({ gate }) => gate.close(),
    during: async ({ stage, call, client }) => {
      await waitForEvent(client, call.id, 'call.submission_refused');
      await stage.gate.open();
    },
    // The next submission may be refused too before the door is open again.
    expected: () => ({ ...completesAfterRefusal, mayRefuseMore: true }),
  },
  connection_refused_while_waiting: {
    title: 'connection refused while the task runs',
    setting: 'alone',
    deliveries: onlyTasks,
    plans: ({ prompt }) => [{ match: prompt, taskMs: longTaskMs }],
    during: async (scene) => {
      const { stage, call, client } = scene;
      await waitForEvent(client, call.id, 'call.submitted');
      await stage.gate.close();
      await waitForLog(stage, { callId: call.id, text: 'the provider says nothing of the task now' });
      await stage.gate.open();
      await finishTask(scene);
    },
    expected: () => completesAtOnce,
  },
  reset_before_body: beforeAcceptance('reset_before_body', 'reset before the body'),
  reset_during_body: beforeAcceptance('reset_during_body', 'reset in the middle of the body'),
  reset_after_accept: afterAcceptance('reset_after_accept', 'reset after acceptance, no byte'),
  reset_after_headers: afterAcceptance('reset_after_headers', 'reset after the headers'),
  reset_mid_answer: afterAcceptance('reset_mid_answer', 'reset in the middle of the answer'),
});
