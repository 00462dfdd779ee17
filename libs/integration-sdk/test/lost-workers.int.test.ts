import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { isTerminal } from '@darkroom/contract';
import type { TestObjectStore } from '@darkroom/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import { followCall } from './follow-call.ts';
import { type KillPoint, workersKilledAt } from './kill-at.ts';
import type { Rig } from './rig.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;
let objectStore: TestObjectStore;

withFreshRig((fresh) => ({ rig, objectStore } = fresh));

const at = (name: string, when: KillPoint['when']): KillPoint => {
  const [port, method] = name.split('.') as [KillPoint['port'], string];
  return { port, method, when };
};

interface Ends {
  status: 'completed' | 'failed';
  paid: number;
  claimed: number;
}
const completedOnce: Ends = { status: 'completed', paid: 1, claimed: 1 };

async function expectEnd(callId: string, { status, paid, claimed }: Ends): Promise<void> {
  const call = rig.main.call(callId);
  expect({ status: call.status, paid: rig.provider.paid, claimed: call.submissions.length }).toEqual({
    status,
    paid,
    claimed,
  });
  expect(call.submissions.filter(({ outcome }) => outcome === 'in_flight')).toEqual([]);
  expect(call.events.filter(({ type }) => isTerminal(type.replace('call.', '') as 'failed'))).toHaveLength(1);
  if (status === 'failed') {
    expect(call.events.at(-1)).toMatchObject({
      type: 'call.failed',
      data: { error: { code: 'submission_outcome_unknown' } },
    });
    return;
  }
  expect(call.artifacts).toHaveLength(1);
  for (const artifact of [...call.artifacts, ...call.lateArtifacts]) {
    const stored = (await rig.objectStore.get(artifact.objectKey)) ?? new Uint8Array();
    expect(createHash('sha256').update(stored).digest('hex')).toBe(artifact.sha256);
    expect(Buffer.from(stored).equals(rig.image)).toBe(true);
  }
  expect(await readdir(rig.spoolDirectory)).toEqual([]);
  expect(call.spool.size).toBe(0);
}

describe('[P2] a worker that is lost pays nothing twice that could be known', () => {
  test.each<[string, KillPoint['when'], fail: Ends, resubmit: Ends]>([
    ['main.claim', 'before', completedOnce, completedOnce],
    ['main.claim', 'after', { status: 'failed', paid: 0, claimed: 1 }, { status: 'completed', paid: 1, claimed: 2 }],
    [
      'providerHttp.send',
      'before',
      { status: 'failed', paid: 0, claimed: 1 },
      { status: 'completed', paid: 1, claimed: 2 },
    ],
    [
      'providerHttp.send',
      'after',
      { status: 'failed', paid: 1, claimed: 1 },
      { status: 'completed', paid: 2, claimed: 2 },
    ],
    [
      'localSpool.write',
      'before',
      { status: 'failed', paid: 1, claimed: 1 },
      { status: 'completed', paid: 2, claimed: 2 },
    ],
    ['localSpool.write', 'after', completedOnce, completedOnce],
    ['objectStore.putIfAbsent', 'before', completedOnce, completedOnce],
    ['objectStore.putIfAbsent', 'after', completedOnce, completedOnce],
    ['main.report', 'before', completedOnce, completedOnce],
    ['main.report', 'after', completedOnce, completedOnce],
    ['localSpool.remove', 'before', completedOnce, completedOnce],
    ['localSpool.remove', 'after', completedOnce, completedOnce],
  ])('killed at %s, %s it took effect', async (name, when, fail, resubmit) => {
    for (const [whenOutcomeUnknown, expected] of [
      ['fail', fail],
      ['resubmit', resubmit],
    ] as const) {
      rig.provider.paid = 0;
      const call = rig.accept({ whenOutcomeUnknown });
      await followCall(rig, call, workersKilledAt(rig, at(name, when)));
      await expectEnd(call.callId, expected);
    }
  });
});

describe('[P1] a paid answer survives when storage is away and the worker is lost', () => {
  afterEach(() => objectStore.start());

  // Where the answer is still on the disk, and storage is back, the spool of `main` is not needed.
  test.each<[string, KillPoint['when'], story: string[]]>([
    ['main.putSpool', 'before', ['ended']],
    ['main.putSpool', 'after', ['ended']],
    ['localSpool.remove', 'before', ['ended']],
    ['localSpool.remove', 'after', ['spooled', 'ended']],
    ['main.report', 'before', ['spooled', 'ended']],
    ['main.report', 'after', ['spooled', 'ended']],
  ])('killed at %s, %s it took effect: %j', async (name, when, story) => {
    const answer = rig.provider.answer;
    rig.provider.answer = (request, response) => void objectStore.stop().then(() => answer(request, response));
    const call = rig.accept();
    const workers = workersKilledAt(rig, at(name, when), () => objectStore.start());
    expect(await followCall(rig, call, workers)).toEqual(story);
    await expectEnd(call.callId, completedOnce);
  });

  test('and its disk with it', async () => {
    const answer = rig.provider.answer;
    rig.provider.answer = (request, response) => void objectStore.stop().then(() => answer(request, response));
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    const workers = workersKilledAt(rig, at('main.putSpool', 'after'), async () => {
      await rm(rig.spoolDirectory, { recursive: true });
      await objectStore.start();
    });
    expect(await followCall(rig, call, workers)).toEqual(['spooled', 'ended']);
    await expectEnd(call.callId, completedOnce);
  });
});
