import { createHash } from 'node:crypto';
import {
  artifactPlaceSchema,
  callReportAnswerSchema,
  claimDecisionSchema,
  claimedExternalIdsSchema,
  knownCallSchema,
  spooledAnswersSchema,
} from '@darkroom/contract';
import type { MainClient, SpoolAddress } from '@darkroom/integration-sdk/worker';
import { expectOk, type InternalApi, skip } from './internal-api.ts';

// What was known of storage when a claim was asked for must still hold when it is granted.
const claimTimeoutMs = 5_000;
const spoolTimeoutMs = 120_000;

/** What integrations say to the internal API of `main`. */
export function createMainClient({ send, ask }: InternalApi): MainClient {
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
    async findArtifact(accountId, artifactId) {
      const path = `artifacts/${encodeURIComponent(artifactId)}?accountId=${encodeURIComponent(accountId)}`;
      const place = await ask(path, artifactPlaceSchema);
      if (!place) throw new Error('main has no /internal/artifacts: it is older than this worker.');
      return place;
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
