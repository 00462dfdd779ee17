import { join } from 'node:path';
import { tryLock } from '@darkroom/platform-files';
import { askSupervisor } from '../client/ask-supervisor.ts';
import { findComponent } from '../deployment/dependency-order.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { waitUntil } from '../process/wait-until.ts';
import { sweepOrphans } from '../supervisor/sweep-orphans.ts';
import { printLine, printSaid } from '../terminal/print.ts';
import type { CommandContext } from './command-context.ts';

/** Stops components, all where none is named, and what a killed supervisor left running. */
export async function down({ deployment, dataDirectory }: CommandContext, names: readonly string[]): Promise<void> {
  for (const name of names) findComponent(deployment.components, name);
  const left = await askSupervisor(dataDirectory, { command: 'down', names: [...names] }, printSaid);
  if (names.length > 0) return;
  const swept = await sweepWithoutSupervisor(dataDirectory);
  if (swept.length > 0) printLine(`Stopped what an earlier run had left behind: ${swept.join(', ')}.`);
  printLine(left === undefined && swept.length === 0 ? 'Nothing was running.' : 'Everything is down.');
}

/** Stops what was left behind, under the supervisor's lock, so that nothing is started meanwhile. */
export async function sweepWithoutSupervisor(dataDirectory: string): Promise<string[]> {
  let lock = tryLock(join(dataDirectory, 'supervisor.lock'));
  await waitUntil(() => (lock ??= tryLock(join(dataDirectory, 'supervisor.lock'))) !== undefined, {
    timeoutMilliseconds: 10_000,
  });
  if (lock === undefined) {
    throw new DeploymentError(
      `A supervisor still holds ${join(dataDirectory, 'supervisor.lock')}: another start is under way. Run this again when it is done.`,
    );
  }
  try {
    return await sweepOrphans(dataDirectory);
  } finally {
    lock.release();
  }
}
