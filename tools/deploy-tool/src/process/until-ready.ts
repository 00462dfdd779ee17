import { setTimeout as delay } from 'node:timers/promises';
import { describeExit, type ManagedProcess } from './managed-process.ts';

export interface ReadyOptions {
  readonly readySeconds: number;
  readonly abortSignal: AbortSignal;
}

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
    const failure = await check().then(() => undefined, reasonOf);
    if (failure === undefined) return;
    if (performance.now() >= deadline) {
      throw new Error(withLastLines(`${running.name} was not ready after ${readySeconds} s: ${failure}`, running));
    }
    await delay(40);
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
