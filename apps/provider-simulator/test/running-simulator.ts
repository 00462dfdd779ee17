import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@darkroom/platform-logging';
import { buildSimulator } from '../src/app.ts';
import type { SubmissionReport } from '../src/ledger/submission-ledger.ts';

/** A simulator in this process, on a port of its own, with a directory that `stop` removes. */
export interface RunningSimulator {
  readonly origin: string;
  readonly port: number;
  plan(plan: object): Promise<Response>;
  submissions(match?: string): Promise<SubmissionReport>;
  stop(): Promise<void>;
}

export async function startSimulator({ latencyMs = 0 } = {}): Promise<RunningSimulator> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'darkroom-simulator-'));
  const logger = createLogger({ service: 'provider-simulator', level: 'silent', json: true });
  const app = await buildSimulator({
    dataDirectory,
    latencyMs,
    modelNames: ['image', 'banana', 'seedream', 'seedance', 'veo', 'sora'],
    logger,
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin,
    port: Number(new URL(origin).port),
    plan: (plan) => createPlan(origin, plan),
    submissions: (match) => readSubmissions(origin, match),
    async stop() {
      await app.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
}

export async function createPlan(origin: string, plan: object): Promise<Response> {
  const response = await postJson(`${origin}/control/plans`, plan);
  if (response.status !== 201) throw new Error(`The plan was refused: ${await response.text()}`);
  return response;
}

/** Lets a task succeed at once. */
export async function finishTask(origin: string, taskId: string): Promise<void> {
  const response = await postJson(`${origin}/control/tasks/${taskId}/finish`, {});
  if (response.status !== 200) throw new Error(`The task was not finished: ${await response.text()}`);
}

export async function readSubmissions(origin: string, match?: string): Promise<SubmissionReport> {
  const query = match === undefined ? '' : `?match=${encodeURIComponent(match)}`;
  const response = await fetch(`${origin}/control/submissions${query}`);
  return (await response.json()) as SubmissionReport;
}

export function postJson(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
