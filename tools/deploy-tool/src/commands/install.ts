import { cacheDirectory } from '../binaries/cache-directory.ts';
import { resolveBinary } from '../binaries/resolve-binary.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { loadDriver } from '../middleware/load-driver.ts';
import { printLine, printSaid } from '../terminal/print.ts';
import { hearStopRequests } from '../terminal/stop-requests.ts';
import type { CommandContext } from './command-context.ts';

/** Gets the binaries that the middleware of the deploy file needs, and starts nothing. What is there already takes no time. */
export async function install({ deployment }: CommandContext): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('Stopped before everything was there: what was got is kept.'));
  hearStopRequests({ onStop: stop, onForce: () => process.exit(1) });
  for (const spec of deployment.components.values()) {
    if (spec.kind !== 'middleware') continue;
    const { binary } = await loadDriver(spec.driverPath);
    if (binary === undefined) continue;
    const context = {
      environment: spec.environment,
      cacheDirectory: cacheDirectory(spec.environment),
      reportProgress: (text: string) => printSaid({ component: spec.name, text, level: 'progress' }),
      abortSignal: stopping.signal,
    };
    try {
      await resolveBinary(binary, context);
    } catch (error) {
      throw new DeploymentError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }
  printLine('All programs that the middleware needs are there.');
}
