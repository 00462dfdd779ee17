import { askSupervisor } from '../client/ask-supervisor.ts';
import type { ComponentSpec } from '../deployment/component-spec.ts';
import type { ComponentStatus } from '../supervisor/messages.ts';
import { printLine } from '../terminal/print.ts';
import type { CommandContext } from './command-context.ts';
import { servedStatus } from './served-status.ts';

/** Shows every component of the deploy file, and whether it works. Answers whether all that run do. */
export async function status(
  { deployment, dataDirectory }: CommandContext,
  { json }: { json: boolean },
): Promise<boolean> {
  const known = (await askSupervisor(dataDirectory, { command: 'status' }, () => undefined)) ?? [];
  const components = await Promise.all(
    [...deployment.components.values()].map(
      async (spec) =>
        (await servedStatus(spec, dataDirectory)) ??
        known.find((component) => component.name === spec.name) ??
        stoppedStatus(spec),
    ),
  );
  if (json) printLine(JSON.stringify(components, undefined, 2));
  else components.flatMap(describe).forEach(printLine);
  return components.every(({ problem }) => problem === null);
}

function stoppedStatus({ name, kind, ports }: ComponentSpec): ComponentStatus {
  return {
    ...{ name, kind, status: 'stopped', pid: null, addresses: {}, problem: null },
    ports: Object.values(ports).map(({ number }) => number),
  };
}

function describe({ name, kind, status, pid, ports, addresses, problem }: ComponentStatus): string[] {
  const place = pid === null ? '' : `process ${pid}`;
  const where = Object.values(addresses).join(', ') || `port ${ports.join(', ')}`;
  const line = `${name.padEnd(20)} ${kind.padEnd(11)} ${status.padEnd(11)} ${place.padEnd(16)} ${where}`;
  return problem === null ? [line] : [line, ...problem.split('\n').map((text) => `  ${text}`)];
}
