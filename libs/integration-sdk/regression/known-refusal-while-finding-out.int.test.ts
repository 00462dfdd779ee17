import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { OperationLimits } from '@darkroom/contract';
import type { ReconcileInput, UnclearSubmission } from '../src/call/poll-activity.schema.ts';
import { sweepLocalSpool } from '../src/worker/index.ts';
import { activityOf } from '../test/follow-call.ts';
import { workersKilledAt } from '../test/kill-at.ts';
import type { Rig } from '../test/rig.ts';
import { asTaskProvider, type TaskProvider } from '../test/task-provider.ts';
import { createActivities } from '../test/tiny/activities.ts';
import { withFreshRig } from '../test/with-fresh-rig.ts';

let rig: Rig;
let provider: TaskProvider;

withFreshRig((fresh) => {
  rig = fresh.rig;
  provider = asTaskProvider(rig.provider, rig.image);
});

const runId = randomUUID();
/**
 * The provider refuses, and the worker is killed with that answer on its disk. Another one begins to find out, and only then the disk is
 * swept.
 */
async function refusedAndFoundLate(limits: Partial<OperationLimits>) {
  const call = rig.accept(limits, { prompt: 'x' }, { operation: 'paint' });
  provider.refuse = (_asked, response) => Boolean(response.writeHead(400).end('{}'));
  const submission = { call, attempt: 1, reportNumber: 1, sentBefore: 0, again: false };
  const { value: worker } = await workersKilledAt(rig, { port: 'main', method: 'report', when: 'before' }).next();
  void activityOf(call.callId, runId).run(createActivities(worker.context).paintSubmit, submission);
  await worker.killed;
  const unknown = { type: 'call.submission_unknown', data: { attempt: 1, reason: 'lost', next: 'reconcile' } } as const;
  const report = { reportId: 'other', runId, workflowId: call.callId, events: [unknown] };
  await rig.main.report(call.callId, report);
  const context = await rig.newContext();
  const activities = createActivities(context);
  await sweepLocalSpool(context);

  const now = new Date().toISOString();
  const deadlineAt = new Date(Date.now() + 60_000).toISOString();
  const unclear: UnclearSubmission = {
    ...{ attempt: 1, credentialId: 'tiny:test', reason: 'lost', claimedAt: now, endedAt: now, deadlineAt },
    ...{ byCallback: true, byListing: true },
  };
  const by: ReconcileInput['by'] = { way: 'give_up', reason: 'No callback came.', candidates: [] };
  const given = { call, reportNumber: 3, sentBefore: 0, submission: unclear, by };
  const result = await activityOf(call.callId, runId).run(activities.paintReconcile, given);
  return { result, call: rig.main.call(call.callId) };
}
const findings = ({ events }: Awaited<ReturnType<typeof refusedAndFoundLate>>['call']) =>
  events.flatMap((event) => (event.type === 'call.submission_reconciled' ? [event.data] : []));

describe('[P2] a refusal that is found on the disk of a lost worker while it is being found out what became of the submission', () => {
  test('is as good as a proof: the submission is made again', async () => {
    const { result, call } = await refusedAndFoundLate({});
    expect(result).toMatchObject({ status: 'retry', sent: true });
    expect(call.submissions).toMatchObject([{ outcome: 'refused' }]);
    expect(findings(call)).toMatchObject([{ outcome: 'refused', reason: expect.stringContaining('No.') }]);
  });

  test('ends a call that may not submit again without any doubt', async () => {
    const { result, call } = await refusedAndFoundLate({ maxSubmissions: 1 });
    expect(result).toMatchObject({ status: 'ended', reported: true });
    expect(findings(call)).toHaveLength(1);
    expect(call.events.at(-1)).toMatchObject({ data: { error: { code: 'provider_unavailable' } } });
  });
});
