import { findFreePort, type TestService } from '@darkroom/testing';
import { Pool } from 'undici';
import { z } from 'zod';
import { makeRequests } from '../load/make-requests.ts';
import { benchAccounts } from '../rig/accounts.ts';
import { expectStatus, getJson, postJson } from '../rig/json-requests.ts';
import type { AcceptingMain } from '../rig/start-accepting-main.ts';
import { startReadyService } from '../rig/start-ready-service.ts';
import type { PushSide } from './push-side.ts';

export interface DarkroomSide extends PushSide {
  /** A message as a client gets it, cut where the time of its event is. */
  readonly messageParts: { readonly before: string; readonly after: string };
  close(): Promise<void>;
}

export interface DarkroomOptions {
  readonly main: AcceptingMain;
  readonly calls: number;
  /** Those of which events will be recorded. */
  readonly active: readonly number[];
  readonly signal: AbortSignal;
}

interface FollowedCall {
  readonly id: string;
  readonly token: string;
}

const inFlight = 16;
const dayMs = 24 * 3600 * 1000;
const callSchema = z.object({ id: z.string() });
const tokenSchema = z.object({ token: z.string() });
const logSchema = z.object({ items: z.array(z.looseObject({ createdAt: z.string() })).min(1) });

/** Calls of one account with a token for each, and `communication` in front of their `main`. */
export async function prepareDarkroom({ main, calls, active, signal }: DarkroomOptions): Promise<DarkroomSide> {
  const api = new Pool(main.url, { connections: inFlight });
  const internalApi = new Pool(main.internalUrl, { connections: inFlight });
  const headers = { authorization: `Bearer ${benchAccounts[0]?.apiKey ?? ''}` };
  const internalHeaders = { authorization: `Bearer ${main.internalToken}` };
  const close = async () => void (await Promise.all([api.destroy(), internalApi.destroy()]));

  const accept = async (): Promise<FollowedCall> => {
    const accepted = await postJson(api, '/v1/calls', { headers, body: callThatWaits() });
    expectStatus(accepted, 202);
    const { id } = callSchema.parse(accepted.body);
    const answer = await postJson(api, '/v1/tokens', { headers, body: { callId: id } });
    expectStatus(answer, 201);
    return { id, ...tokenSchema.parse(answer.body) };
  };
  const followed: FollowedCall[] = [];
  const callOf = (call: number): FollowedCall => {
    const found = followed[call];
    if (found === undefined) throw new RangeError(`There is no call ${call}.`);
    return found;
  };
  const record = async (call: number) => {
    const { id } = callOf(call);
    const path = `/internal/calls/${id}/reports`;
    expectStatus(await postJson(internalApi, path, { headers: internalHeaders, body: progressOf(id) }), 200);
  };

  try {
    await makeRequests({ count: calls, inFlight, signal }, async (call) => void (followed[call] = await accept()));
    // The first report also says that the call is processed: what is measured is one event for each.
    await makeRequests({ count: active.length, inFlight, signal }, (index) => record(active[index] ?? 0));
    const { id } = callOf(active[0] ?? 0);
    const log = await getJson(api, `/v1/calls/${id}/events`, headers);
    return {
      messageParts: partsOf(id, logSchema.parse(log.body).items),
      startServer: async () => {
        const service = await startCommunication(main);
        const streamUrl = `${service.url.replace(/^http/, 'ws')}/v1/stream`;
        return { service, streamUrl, processes: { communication: service.pid, API: main.pid } };
      },
      subscribeMessage: (call) => JSON.stringify({ type: 'subscribe', token: callOf(call).token, after: 'latest' }),
      record,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing but what is reported happens to it. */
function callThatWaits() {
  return {
    integration: 'nanobanana2',
    operation: 'text-to-image',
    input: { prompt: 'bench: a lighthouse that is followed' },
    startAt: new Date(Date.now() + dayMs).toISOString(),
  };
}

function progressOf(callId: string) {
  return {
    reportId: crypto.randomUUID(),
    runId: `run-of-${callId}`,
    workflowId: callId,
    events: [{ type: 'call.progress', data: { currentStep: 'generating', completedSteps: ['preparing'] } }],
  };
}

function partsOf(subject: string, events: z.infer<typeof logSchema>['items']): DarkroomSide['messageParts'] {
  const event = events.at(-1);
  const message = JSON.stringify({ type: 'event', subject, event });
  const [before = '', after = ''] = message.split(event?.createdAt ?? message);
  return { before, after };
}

async function startCommunication(main: AcceptingMain): Promise<TestService> {
  const port = await findFreePort();
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    USE_JSON_LOGGING: 'true',
    INTERNAL_TOKEN: main.internalToken,
    TOKEN_SECRET: main.tokenSecret,
    MAIN_INTERNAL_URL: main.internalUrl,
    PUBLIC_BASE_URL: main.url,
    COMMUNICATION_HOST: '127.0.0.1',
    COMMUNICATION_PORT: String(port),
    COMMUNICATION_INTERNAL_HOST: '127.0.0.1',
    COMMUNICATION_INTERNAL_PORT: String(await findFreePort()),
  };
  return startReadyService({ name: 'communication', entry: 'apps/communication/src/server.ts', env, port });
}
