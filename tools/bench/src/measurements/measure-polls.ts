import { pollAtFullSpeed } from '../load/poll-at-full-speed.ts';
import type { ComparisonGroup } from '../report/comparison.ts';
import { benchAccounts } from '../rig/accounts.ts';
import type { CallTarget } from '../rig/call-target.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How polls are measured; the report prints it. */
export const pollSettings = { calls: 50, connections: 16, seconds: 4 };

// Autocannon looks at its clock once a second.
const shortestPollSeconds = 1;

const aim = { kind: 'ratio', limit: 0.7 } as const;

/** Status polls at full speed, spread over finished calls of fifty accounts. */
export async function measurePolls(context: MeasurementContext): Promise<ComparisonGroup> {
  const { rig, rounds, length } = context;
  const { darkroom, floor } = await finishCalls(context);
  const withEtags = await Promise.all(darkroom.map((poll) => withEtagOf(rig.stack.main.url, poll)));
  const load = {
    connections: pollSettings.connections,
    seconds: Math.max(shortestPollSeconds, pollSettings.seconds * length),
  };
  const sides = {
    ours: () => pollAtFullSpeed({ ...load, url: rig.stack.main.url, requests: darkroom, expectedStatus: 200 }),
    'ours with ETag': () =>
      pollAtFullSpeed({ ...load, url: rig.stack.main.url, requests: withEtags, expectedStatus: 304 }),
    floor: () => pollAtFullSpeed({ ...load, url: rig.floor.api.url, requests: floor, expectedStatus: 200 }),
  };
  const results = await alternateRounds('polls', sides, rounds);
  return {
    title: 'Status polls',
    floor: 'a bare primary-key read of one row by Fastify and pg',
    comparisons: [
      { title: 'polls', unit: '/s', better: 'higher', aim, ours: results.ours, floor: results.floor },
      {
        title: 'polls with ETag (304)',
        unit: '/s',
        better: 'higher',
        aim,
        ours: results['ours with ETag'],
        floor: results.floor,
      },
    ],
  };
}

interface Poll {
  readonly path: string;
  readonly headers: Record<string, string>;
}

async function finishCalls({ rig, rounds, length }: MeasurementContext): Promise<{ darkroom: Poll[]; floor: Poll[] }> {
  rounds.report('polls: making the calls that are polled');
  const darkroom: Poll[] = [];
  const floor: Poll[] = [];
  for (const account of benchAccounts.slice(0, Math.max(1, pollSettings.calls * length))) {
    rounds.signal.throwIfAborted();
    const [ours, bare] = await Promise.all([complete(rig.darkroom, account), complete(rig.floorWorkflows, account)]);
    darkroom.push({ path: `/v1/calls/${ours}`, headers: { authorization: `Bearer ${account.apiKey}` } });
    floor.push({ path: `/results/${bare}`, headers: {} });
  }
  return { darkroom, floor };
}

async function complete(target: CallTarget, account: (typeof benchAccounts)[number]): Promise<string> {
  return (await target.complete(account)).id;
}

async function withEtagOf(url: string, { path, headers }: Poll): Promise<Poll> {
  const answer = await fetch(`${url}${path}`, { headers });
  await answer.arrayBuffer();
  const etag = answer.headers.get('etag');
  if (etag === null) throw new Error(`${path} answered ${answer.status} without an ETag.`);
  return { path, headers: { ...headers, 'if-none-match': etag } };
}
