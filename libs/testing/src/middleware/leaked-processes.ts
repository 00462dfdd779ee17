import type { ManagedProcess } from '@darkroom/deploy-tool';

const started = new Set<ManagedProcess>();

/** Remembers a process until it has ended. */
export function watchForLeak(running: ManagedProcess): ManagedProcess {
  started.add(running);
  void running.exited.then(() => started.delete(running));
  return running;
}

/** Call it last in a test file's `afterAll`: it fails the run where a middleware or service was started and not stopped, and ends it. */
export async function expectNoLeakedProcesses(): Promise<void> {
  const leaked = [...started];
  if (leaked.length === 0) return;
  await Promise.all(
    leaked.map((running) => {
      running.signal('SIGKILL');
      return running.exited;
    }),
  );
  const names = leaked.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
  throw new Error(
    `These were started by this test file and never stopped: ${names}. Stop them in afterAll or afterEach.`,
  );
}
