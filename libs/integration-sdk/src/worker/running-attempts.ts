import type { SpoolAddress } from './main-client.ts';

/** The attempts that this process works on. */
export interface RunningAttempts<Result> {
  /**
   * Works on the attempt, or waits for the execution that already does. Temporal gives up an execution whose heartbeats it
   * does not hear, and starts another one beside it; what the first one does is paid for, so both come to its result.
   */
  joinOrRun(address: SpoolAddress, run: () => Promise<Result>): Promise<Result>;
}

export function createRunningAttempts<Result>(): RunningAttempts<Result> {
  const running = new Map<string, Promise<Result>>();
  return {
    joinOrRun({ callId, attempt }, run) {
      const key = `${callId}.${attempt}`;
      const earlier = running.get(key);
      if (earlier) return earlier;
      const execution = run().finally(() => running.delete(key));
      running.set(key, execution);
      return execution;
    },
  };
}
