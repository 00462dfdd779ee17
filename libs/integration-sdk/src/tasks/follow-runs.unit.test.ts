import { expect, test } from '@jest/globals';
import { followRuns } from './follow-runs.ts';

function follow() {
  const runs = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const calls: string[] = [];
  const { ended, drained } = followRuns(
    runs.map(({ promise }) => promise),
    { shutDown: () => void calls.push('shut down'), close: async () => void calls.push('closed') },
  );
  return { runs, calls, ended, drained };
}

test('a worker that fails ends the others and is told at once, while they still drain; the connection is closed behind the last', async () => {
  const { runs, calls, ended, drained } = follow();
  runs[0].reject(new Error('the namespace is gone'));
  await expect(ended).rejects.toThrow('the namespace is gone');
  expect(calls).toEqual(['shut down']);
  runs[1].resolve();
  await expect(drained).rejects.toThrow('the namespace is gone');
  expect(calls).toEqual(['shut down', 'closed']);
});

test('workers that end well have ended when the connection is closed', async () => {
  const { runs, calls, ended, drained } = follow();
  for (const { resolve } of runs) resolve();
  await ended;
  expect(calls).toEqual(['closed']);
  await drained;
});
