import { join } from 'node:path';
import { cacheDirectory } from '../binaries/cache-directory.ts';
import type { ComponentSpec, MiddlewareSpec, ServiceSpec } from '../deployment/component-spec.ts';
import { loadDriver } from '../middleware/load-driver.ts';
import type { MiddlewareContext } from '../middleware/middleware-driver.ts';
import { placeIn, runMiddleware } from '../middleware/run-middleware.ts';
import { expectOk } from '../process/expect-ok.ts';
import { startManagedProcess, type ManagedProcess } from '../process/managed-process.ts';
import { resolveCommand } from '../process/resolve-command.ts';
import { untilReady } from '../process/until-ready.ts';
import { withProgress, type ReportProgress } from '../progress/report-progress.ts';

export interface LaunchContext {
  readonly dataDirectory: string;
  readonly reportProgress: ReportProgress;
  readonly abortSignal: AbortSignal;
}

/** A component that has come up. */
export interface LaunchedComponent {
  readonly process: ManagedProcess;
  readonly addresses: Record<string, string>;
  /** Rejects, with the reason, where it does not work now. */
  check(): Promise<void>;
}

export function launchComponent(spec: ComponentSpec, context: LaunchContext): Promise<LaunchedComponent> {
  return withProgress(context.reportProgress, 'starting', () =>
    spec.kind === 'middleware' ? launchMiddleware(spec, context) : launchService(spec, context),
  );
}

async function launchMiddleware(spec: MiddlewareSpec, launch: LaunchContext): Promise<LaunchedComponent> {
  const driver = await loadDriver(spec.driverPath);
  const context: MiddlewareContext = {
    name: spec.name,
    dataDirectory: join(launch.dataDirectory, spec.name),
    ports: Object.fromEntries(Object.entries(spec.ports).map(([role, { number }]) => [role, number])),
    settings: spec.settings,
    environment: spec.environment,
    cacheDirectory: cacheDirectory(spec.environment),
    reportProgress: launch.reportProgress,
    abortSignal: launch.abortSignal,
  };
  const place = { ...placeIn(launch.dataDirectory, spec.name), ownGroup: true, readySeconds: spec.readySeconds };
  const process = await runMiddleware(driver, context, place);
  return { process, addresses: driver.addresses(context), check: () => driver.check(context) };
}

async function launchService(
  spec: ServiceSpec,
  { dataDirectory, abortSignal }: LaunchContext,
): Promise<LaunchedComponent> {
  const plan = {
    ...resolveCommand(spec.command),
    workingDirectory: spec.workingDirectory,
    environment: spec.environment,
    stopSeconds: spec.stopSeconds,
  };
  const process = await startManagedProcess(plan, {
    name: spec.name,
    ...placeIn(dataDirectory, spec.name),
    ownGroup: true,
  });
  const check = () => expectOk(spec.readyUrl);
  try {
    await untilReady(process, check, { readySeconds: spec.readySeconds, abortSignal });
    return { process, addresses: spec.addresses, check };
  } catch (error) {
    await process.stop();
    throw error;
  }
}
