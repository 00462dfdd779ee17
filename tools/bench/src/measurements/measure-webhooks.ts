import { Pool } from 'undici';
import { makeRequests } from '../load/make-requests.ts';
import { patienceSeconds } from '../load/within-patience.ts';
import type { Comparison, ComparisonGroup } from '../report/comparison.ts';
import { type BenchAccount, benchAccounts, takeTurns } from '../rig/accounts.ts';
import { cpuMillisecondsOf } from '../rig/cpu-seconds.ts';
import { expectStatus, postJson } from '../rig/json-requests.ts';
import { untilIdle } from '../rig/until-idle.ts';
import { alternateRounds } from '../rounds/alternate-rounds.ts';
import type { MeasurementContext } from './measurement-context.ts';

/** How webhooks are measured; the report prints it. */
export const webhookSettings = { webhooks: 300, inFlight: 16, bodyBytes: 1_500 };

const fewest = 16;

/** From the first request that causes a webhook to the arrival of the last one. */
export async function measureWebhooks(context: MeasurementContext): Promise<ComparisonGroup> {
  const ours = new Pool(context.rig.stack.main.url, { connections: webhookSettings.inFlight });
  const floor = new Pool(context.rig.floor.api.url, { connections: webhookSettings.inFlight });
  try {
    return {
      title: 'Webhooks',
      floor:
        'a bare workflow with one activity that posts a body of that size, started by a bare Fastify handler: nothing is signed, kept or told. Ours: calls that start later, each accepted with a webhook about its acceptance',
      comparisons: [
        ...(await compare(context, { ours, floor, accounts: 1 })),
        ...(await compare(context, { ours, floor, accounts: benchAccounts.length })),
      ],
    };
  } finally {
    await ours.destroy();
    await floor.destroy();
  }
}

interface Sides {
  ours: Pool;
  floor: Pool;
  accounts: number;
}

async function compare(
  { rig, rounds, length }: MeasurementContext,
  { ours, floor, accounts }: Sides,
): Promise<Comparison[]> {
  const { webhooks, inFlight } = webhookSettings;
  const count = Math.max(fewest, Math.round(webhooks * length));
  const measure = (side: 'ours' | 'floor', cause: (account: BenchAccount) => Promise<void>) => async () => {
    const before = cpuMillisecondsOf(rig.processes[side]);
    const takeTurn = takeTurns(accounts);
    const signal = AbortSignal.any([rounds.signal, AbortSignal.timeout(patienceSeconds * 1000)]);
    const startedAt = performance.now();
    const arrived = rig.receiver.receive(count, signal);
    await Promise.all([arrived, makeRequests({ count, inFlight, signal }, () => cause(takeTurn()))]);
    const perSecond = (count * 1000) / (performance.now() - startedAt);
    await untilIdle(rig.processes, rounds.signal);
    return { perSecond, cpuMs: (cpuMillisecondsOf(rig.processes[side]) - before) / count };
  };
  const url = `${rig.receiver.origin}/hook`;
  const sides = {
    ours: measure('ours', (account) => acceptWithWebhook(ours, account, url)),
    floor: measure('floor', () => startPost(floor, url)),
  };
  const name = accounts === 1 ? 'one account' : `${accounts} accounts`;
  const results = await alternateRounds(`webhooks, ${name}`, sides, rounds);
  const of = (figure: 'perSecond' | 'cpuMs') => ({
    ours: results.ours.map((round) => round[figure]),
    floor: results.floor.map((round) => round[figure]),
  });
  return [
    { title: `webhook deliveries, ${name}`, unit: '/s', better: 'higher', ...of('perSecond') },
    { title: `CPU per webhook, all processes, ${name}`, unit: 'ms', better: 'lower', ...of('cpuMs') },
  ];
}

async function acceptWithWebhook(pool: Pool, { apiKey }: BenchAccount, url: string): Promise<void> {
  const body = {
    integration: 'nanobanana2',
    operation: 'text-to-image',
    input: { prompt: 'bench: a call that starts after the run' },
    delaySeconds: 24 * 3600,
    webhook: { url, events: ['call.accepted'] },
  };
  expectStatus(await postJson(pool, '/v1/calls', { headers: { authorization: `Bearer ${apiKey}` }, body }), 202);
}

async function startPost(pool: Pool, url: string): Promise<void> {
  const body = { url, text: 'x'.repeat(webhookSettings.bodyBytes) };
  expectStatus(await postJson(pool, '/posts', { headers: {}, body }), 202);
}
