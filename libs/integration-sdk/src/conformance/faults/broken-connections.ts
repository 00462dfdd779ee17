import { completesAfterRefusal, followsThePolicy } from '../expected-end.ts';
import { waitForEvent } from '../wait-for-event.ts';
import { faults } from './fault.ts';

/** The connection does not come about, or breaks. */
export const brokenConnections = faults({
  connection_refused: {
    title: 'connection refused, once',
    alone: true,
    disturb: async ({ gate }) => {
      await gate.close();
      return async (call, client) => {
        await waitForEvent(client, call.id, 'call.submission_refused');
        await gate.open();
      };
    },
    expected: () => completesAfterRefusal,
  },
  reset_before_body: {
    title: 'reset before the body',
    alone: true,
    plan: ({ apiKey }) => ({ matchKey: apiKey, times: 1, fault: { kind: 'reset_before_body' } }),
    expected: (limits) => followsThePolicy(limits, { charged: 0 }),
  },
  reset_during_body: {
    title: 'reset in the middle of the body',
    alone: true,
    plan: ({ apiKey }) => ({ matchKey: apiKey, times: 1, fault: { kind: 'reset_during_body' } }),
    expected: (limits) => followsThePolicy(limits, { charged: 0 }),
  },
  reset_after_accept: {
    title: 'reset after acceptance, no byte',
    plan: ({ prompt }) => ({ match: prompt, times: 1, fault: { kind: 'reset_after_accept' } }),
    expected: (limits) => followsThePolicy(limits, { charged: 1 }),
  },
  reset_after_headers: {
    title: 'reset after the headers',
    plan: ({ prompt }) => ({ match: prompt, times: 1, fault: { kind: 'reset_after_headers' } }),
    expected: (limits) => followsThePolicy(limits, { charged: 1 }),
  },
  reset_mid_answer: {
    title: 'reset in the middle of the answer',
    plan: ({ prompt }) => ({ match: prompt, times: 1, fault: { kind: 'reset_mid_answer' } }),
    expected: (limits) => followsThePolicy(limits, { charged: 1 }),
  },
});
