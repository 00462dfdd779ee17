import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { tryLock } from '@darkroom/platform-files';
import { askSupervisor } from '../client/ask-supervisor.ts';
import { bringUp } from '../client/bring-up.ts';
import type { ServiceSpec } from '../deployment/component-spec.ts';
import { findComponent } from '../deployment/dependency-order.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { expectPortsFree } from '../ports/expect-ports-free.ts';
import { removeProcessRecord, writeProcessRecord } from '../process/process-record.ts';
import { resolveCommand } from '../process/resolve-command.ts';
import { sendSignal } from '../process/send-signal.ts';
import { stopOrphan } from '../process/stop-orphan.ts';
import { hearStopRequests } from '../terminal/stop-requests.ts';
import { printLine, printSaid } from '../terminal/print.ts';
import type { CommandContext } from './command-context.ts';
import { servedRecordFile } from './served-record-file.ts';

/** Runs one service in the foreground, again after each change of its sources, on what it depends on, which stays up. */
export async function serve(context: CommandContext, name: string): Promise<number> {
  const spec = findComponent(context.deployment.components, name);
  if (spec.kind !== 'service') throw new DeploymentError(`${name} is no service: use "npx darkroom up ${name}".`);
  let isStopping = false;
  let stopService: (kill: boolean) => void = () => process.exit(130);
  hearStopRequests({
    onStop: () => {
      isStopping = true;
      stopService(false);
    },
    onForce: () => stopService(true),
  });

  if (spec.dependsOn.length > 0) await bringUp(context, { names: spec.dependsOn, hold: false, hear: printSaid });
  const lock = tryLock(join(context.dataDirectory, 'run', `served-${name}.lock`));
  if (lock === undefined)
    throw new DeploymentError(`${name} is already served from this checkout. Stop that one first.`);
  const recordFile = servedRecordFile(context.dataDirectory, name);
  await stopOrphan(recordFile);
  await takeOver(context.dataDirectory, name);
  await expectPortsFree([spec]);
  const child = spawnWatched(spec);
  const exit = whenExited(child, spec);
  const { pid } = child;
  if (pid !== undefined) {
    stopService = (kill) => void (kill ? sendSignal(-pid, 'SIGKILL') : sendSignal(pid, 'SIGTERM'));
    writeProcessRecord(recordFile, { name, pid, stopSignal: 'SIGTERM', stopSeconds: spec.stopSeconds, ownGroup: true });
  }
  const code = await exit;
  removeProcessRecord(recordFile);
  lock.release();
  return isStopping ? 0 : code;
}

/** Where the supervisor runs the service, it hands it over. */
async function takeOver(dataDirectory: string, name: string): Promise<void> {
  const components = await askSupervisor(dataDirectory, { command: 'down', names: [name] }, printSaid);
  if (components?.some((component) => component.name === name) === true)
    printLine(`${name} runs here now, no longer in the background.`);
}

/** In a group of its own, so that the terminal's Ctrl-C reaches it once: as the signal that is passed on. */
function spawnWatched(spec: ServiceSpec): ChildProcess {
  const { command, args } = resolveCommand(spec.watchCommand);
  return spawn(command, args, {
    cwd: spec.workingDirectory,
    env: spec.environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

function whenExited(child: ChildProcess, spec: ServiceSpec): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', (cause) =>
      reject(new DeploymentError(`${spec.watchCommand[0]} could not be run: ${cause.message}`, { cause })),
    );
  });
}
