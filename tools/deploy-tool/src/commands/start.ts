import type { Socket } from 'node:net';
import { bringUp, release, whenClosed } from '../client/bring-up.ts';
import type { ComponentStatus } from '../supervisor/messages.ts';
import { sendJsonLine } from '../supervisor/json-lines.ts';
import { hearStopRequests } from '../terminal/stop-requests.ts';
import { printLine, printProblem, printSaid } from '../terminal/print.ts';
import { addressLines } from './address-lines.ts';
import type { CommandContext } from './command-context.ts';
import { sweepWithoutSupervisor } from './down.ts';

/** Brings components up, stays, and takes down what it has brought up when it is asked to stop. Answers its exit code. */
export async function start(context: CommandContext, names: readonly string[]): Promise<number> {
  let connection: Socket | undefined;
  let isStopping = false;
  hearStopRequests({
    onStop: () => {
      isStopping = true;
      printLine('\nStopping (Ctrl-C again to force) …');
      if (connection !== undefined) void release(connection);
    },
    onForce: () => {
      printLine('Ending at once.');
      if (connection !== undefined) sendJsonLine(connection, { command: 'kill' });
    },
  });
  const startedAt = performance.now();
  const onConnected = (socket: Socket) => {
    connection = socket;
    if (isStopping) void release(socket);
  };
  try {
    const { socket, components } = await bringUp(context, { names, hold: true, hear: printSaid, onConnected });
    if (!isStopping) printSummary(components, (performance.now() - startedAt) / 1000, context.deployment.firstSteps);
    await whenClosed(socket);
  } catch (error) {
    if (!isStopping) throw error;
  }
  if (isStopping) {
    printLine('Everything that this start had started has stopped.');
    return 0;
  }
  const left = await sweepWithoutSupervisor(context.dataDirectory);
  printProblem(
    `The supervisor has ended, so this start ends too${left.length > 0 ? ` (stopped: ${left.join(', ')})` : ''}.`,
  );
  return 1;
}

function printSummary(components: readonly ComponentStatus[], seconds: number, firstSteps: readonly string[]): void {
  printLine(`\nDarkroom is ready after ${seconds.toFixed(1)} s.\n`);
  [...addressLines(components), '', ...firstSteps, '', 'Logs: npx darkroom logs. Ctrl-C stops everything.'].forEach(
    printLine,
  );
}
