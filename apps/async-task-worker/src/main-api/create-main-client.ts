import { createHash } from 'node:crypto';
import {
  callReportAnswerSchema,
  claimDecisionSchema,
  claimedExternalIdsSchema,
  knownCallSchema,
  spooledAnswersSchema,
} from '@darkroom/contract';
import type { MainClient, SpoolAddress } from '@darkroom/integration-sdk/worker';
import type { z } from 'zod';

const questionTimeoutMs = 15_000;
// What was known of storage when a claim was asked for must still hold when it is granted.
const claimTimeoutMs = 5_000;
const spoolTimeoutMs = 120_000;
const longestDetail = 500;

/** The internal API of `main` over HTTP. */
export function createMainClient({ url, token }: { url: string; token: string }): MainClient {
  const send = async (path: string, request: RequestInit = {}, timeoutMs = questionTimeoutMs): Promise<Response> =>
    fetch(`${url}/internal/${path}`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, ...request.headers },
      signal: AbortSignal.timeout(timeoutMs),
    });

  const ask = async <Answer>(
    path: string,
    schema: z.ZodType<Answer>,
    { body, timeoutMs }: { body?: unknown; timeoutMs?: number } = {},
  ): Promise<Answer | undefined> => {
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await send(path, body === undefined ? {} : json, timeoutMs);
    if (response.status === 404) return skip(response);
    await expectOk(response, path);
    return schema.parse(await response.json());
  };

  return {
    getCall: (callId) => ask(callPath(callId), knownCallSchema),
    claim: (callId, claim) =>
      ask(`${callPath(callId)}/submissions`, claimDecisionSchema, { body: claim, timeoutMs: claimTimeoutMs }),
    report: (callId, report) => ask(`${callPath(callId)}/reports`, callReportAnswerSchema, { body: report }),
    async putSpool(address, bytes) {
      const headers = {
        'content-type': 'application/octet-stream',
        'x-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      };
      const response = await send(
        spoolPath(address),
        { method: 'PUT', headers, body: Buffer.from(bytes) },
        spoolTimeoutMs,
      );
      // An attempt has one answer: other bytes under its number are the same answer, with more or fewer downloads beside it.
      if (response.status === 409) return void (await skip(response));
      await expectOk(response, spoolPath(address));
      await skip(response);
    },
    async getSpool(address) {
      const response = await send(spoolPath(address), {}, spoolTimeoutMs);
      if (response.status === 404) return skip(response);
      await expectOk(response, spoolPath(address));
      return new Uint8Array(await response.arrayBuffer());
    },
    async deleteSpool(address, sha256) {
      const response = await send(`${spoolPath(address)}?sha256=${sha256}`, { method: 'DELETE' });
      if (response.status === 404) return skip(response);
      await expectOk(response, spoolPath(address));
      await skip(response);
    },
    async listEndedSpool() {
      const path = 'spool?ended=true';
      const response = await send(path);
      await expectOk(response, path);
      return spooledAnswersSchema.parse(await response.json());
    },
    async claimedExternalIds(query) {
      const answer = await ask('external-ids', claimedExternalIdsSchema, { body: query });
      // An older main would be taken for one that knows none of them, and a task of another call for nobody's.
      if (!answer) throw new Error('main has no /internal/external-ids: it is older than this worker.');
      return answer;
    },
  };
}

function spoolPath({ callId, attempt }: SpoolAddress): string {
  return `${callPath(callId)}/spool/${attempt}`;
}

function callPath(callId: string): string {
  return `calls/${encodeURIComponent(callId)}`;
}

/** Reads what is left, so that the connection can be used again. */
async function skip(response: Response): Promise<undefined> {
  await response.arrayBuffer();
  return undefined;
}

async function expectOk(response: Response, path: string): Promise<void> {
  if (response.ok) return;
  const detail = (await response.text()).slice(0, longestDetail);
  throw new Error(`main answered ${response.status} to /internal/${path}: ${detail}`);
}
