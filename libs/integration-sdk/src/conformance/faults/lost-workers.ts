import { followsThePolicy } from '../expected-end.ts';
import { waitUntilPaid } from '../wait-for-event.ts';
import { faults } from './fault.ts';

/** Our own process ends at the worst time. */
export const lostWorkers = faults({
  worker_killed: {
    title: 'the worker is killed while the provider works',
    alone: true,
    plan: ({ prompt }) => ({ match: prompt, times: 1, latencyMs: 10_000 }),
    disturb: (stage) =>
      Promise.resolve(async (call) => {
        await waitUntilPaid(stage, call);
        await stage.worker.service.kill();
        await stage.worker.start();
      }),
    expected: (limits) => followsThePolicy(limits, { charged: 1 }),
  },
});
