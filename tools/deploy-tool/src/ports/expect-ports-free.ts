import { connect, createServer } from 'node:net';
import type { ComponentSpec } from '../deployment/component-spec.ts';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { findPortHolder } from './port-holder.ts';

/** Rejects with one message about all ports of the components that somebody else listens on. */
export async function expectPortsFree(specs: readonly ComponentSpec[]): Promise<void> {
  const wanted = specs.flatMap(({ name, ports }) => Object.values(ports).map((port) => ({ name, ...port })));
  const taken = await Promise.all(
    wanted.map(async (port) => ((await isPortFree(port.number)) ? [] : [describeTaken(port)])),
  );
  const messages = taken.flat();
  if (messages.length > 0) throw new DeploymentError(messages.join('\n'));
}

async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port)) && !(await answers(port));
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Some systems let a second program listen on loopback beside one that listens on every address. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function describeTaken({ name, variable, number }: { name: string; variable: string; number: number }): string {
  const holder = findPortHolder(number);
  const by = holder === undefined ? 'another process' : `process ${holder.pid} (${holder.commandLine.slice(0, 120)})`;
  return `Port ${number}, which ${name} needs, is taken by ${by}. Stop that, or set ${variable} to a free port, in the environment or in .env.`;
}
