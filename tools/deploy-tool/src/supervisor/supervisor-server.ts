import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { loadDeployment } from '../deployment/load-deployment.ts';
import { onJsonLine, sendJsonLine } from './json-lines.ts';
import { requestSchema, type Answer, type Request, type Said } from './messages.ts';
import { createSupervisor, type Claim, type Supervisor } from './supervisor.ts';

export interface SupervisorServerOptions {
  readonly dataDirectory: string;
  readonly deployFile: string;
  readonly path: string;
  /** Told when the last connection has closed and nothing runs. */
  readonly onIdle: () => void;
  readonly onConnection: () => void;
}

export interface SupervisorServer {
  stopAll(): Promise<void>;
  close(): void;
}

/** Answers requests on a Unix socket that only its owner may open. */
export async function serveSupervisor({
  dataDirectory,
  deployFile,
  path,
  onIdle,
  onConnection,
}: SupervisorServerOptions): Promise<SupervisorServer> {
  const connections = new Set<Socket>();
  const announce = (said: Omit<Said, 'kind'>) => {
    process.stdout.write(`${new Date().toISOString()} ${said.component} ${said.text}\n`);
    for (const connection of connections) sendJsonLine(connection, { kind: 'said', ...said } satisfies Answer);
  };
  const supervisor = createSupervisor(dataDirectory, announce);
  const holders = new Set<() => void>();
  // Who holds what was taken down has nothing left to stay for, and would keep the supervisor.
  const releaseHolders = () => {
    if (!supervisor.isIdle() || holders.size === 0) return;
    announce({ component: 'darkroom', text: 'everything was taken down by another command', level: 'info' });
    for (const endHolding of holders) endHolding();
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    onConnection();
    connections.add(socket);
    void serveConnection(socket, { supervisor, deployFile, holders, releaseHolders }).finally(() => {
      socket.end();
      connections.delete(socket);
      if (connections.size === 0 && supervisor.isIdle()) onIdle();
    });
  });
  rmSync(path, { force: true });
  await listen(server, path);
  chmodSync(path, 0o600);
  return { stopAll: () => supervisor.down([]), close: () => void server.close() };
}

/** Serves one request and, where it holds, waits for the connection's end, which gives back what the request has claimed. */
async function serveConnection(
  socket: Socket,
  {
    supervisor,
    deployFile,
    holders,
    releaseHolders,
  }: { supervisor: Supervisor; deployFile: string; holders: Set<() => void>; releaseHolders: () => void },
): Promise<void> {
  const claim: Claim = Symbol('connection');
  const { promise: first, resolve: receive } = Promise.withResolvers<Request | undefined>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  socket.once('end', end).once('close', () => end());
  // A client that was killed is no fault of ours: its end is what matters.
  socket.on('error', () => end());
  void ended.then(() => receive(undefined));
  onJsonLine(socket, requestSchema, (message) => {
    if (message.command === 'kill') supervisor.killReleased(claim);
    else if (message.command === 'release') end();
    else receive(message);
  });

  const request = await first;
  if (request === undefined) return;
  sendJsonLine(socket, { kind: 'accepted' } satisfies Answer);
  const answered = answer(request, { supervisor, deployFile, claim }).then((message) => sendJsonLine(socket, message));
  if (request.command !== 'up' || !request.hold) {
    await answered;
    if (request.command === 'down') releaseHolders();
    return;
  }
  holders.add(end);
  await ended;
  holders.delete(end);
  await supervisor.release(claim);
}

async function answer(
  request: Request,
  { supervisor, deployFile, claim }: { supervisor: Supervisor; deployFile: string; claim: Claim },
): Promise<Answer> {
  try {
    switch (request.command) {
      case 'up': {
        const deployment = loadDeployment(deployFile, request.environment);
        return {
          kind: 'done',
          components: await supervisor.up(deployment, request.names, request.hold ? claim : 'lasting'),
        };
      }
      case 'down':
        await supervisor.down(request.names);
        return { kind: 'done', components: await supervisor.status() };
      default:
        return { kind: 'done', components: await supervisor.status() };
    }
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
