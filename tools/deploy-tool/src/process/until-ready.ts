import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, type ManagedProcess } from './managed-process.ts';

export interface ReadyOptions {
  readonly readySeconds: number;
  readonly abortSignal: AbortSignal;
}

/**
 * A check that has not answered by then is asked again: what it waits for may be a connection that the start itself has dropped. Also the
 * last one gets so long, because its reason is the one that is told.
 */
const checkMilliseconds = 10_000;

/** Resolves when the check passes. Rejects when the process ends first or its time is over, with its last lines. */
export async function untilReady(
  running: ManagedProcess,
  check: () => Promise<void>,
  { readySeconds, abortSignal }: ReadyOptions,
): Promise<void> {
  const deadline = performance.now() + readySeconds * 1000;
  for (;;) {
    abortSignal.throwIfAborted();
    if (!running.isRunning()) {
      const reason = `${running.name} ended with ${describeExit(await running.exited)} before it was ready`;
      throw new Error(withLastLines(reason, running));
    }
    const failure = await failureOf(check, abortSignal);
    if (failure === undefined) return;
    if (performance.now() >= deadline) {
      throw new Error(withLastLines(`${running.name} was not ready after ${readySeconds} s: ${failure}`, running));
    }
    await delay(40);
  }
}

/** Why the check did not pass, or nothing where it did. */
async function failureOf(check: () => Promise<void>, abortSignal: AbortSignal): Promise<string | undefined> {
  const answered = new AbortController();
  const signal = AbortSignal.any([answered.signal, abortSignal]);
  const noAnswer = 'its check did not answer';
  const patience = delay(checkMilliseconds, noAnswer, { signal }).catch(() => noAnswer);
  try {
    return await Promise.race([check().then(() => undefined, reasonOf), patience]);
  } finally {
    answered.abort();
  }
}

export function withLastLines(reason: string, running: ManagedProcess): string {
  const lines = running.lastLines();
  return lines.length === 0
    ? `${reason}. It printed nothing.`
    : [`${reason}. Its last lines:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
