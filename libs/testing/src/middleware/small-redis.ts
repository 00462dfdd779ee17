import { createServer, type Server, type Socket } from 'node:net';
import { findFreePort } from '@darkroom/deploy-tool';

/** As much of Redis as publishing and subscribing take, over its own protocol: no build of the real one can be had with npm or Go alone. */
export interface SmallRedis {
  readonly url: string;
  /** How many clients are subscribed to a channel. */
  subscribers(channel: string): number;
  /** How many connections there have been: one that was lost is made again. */
  readonly connections: number;
  publish(channel: string, message: string): void;
  /** Refuses a command from now on, as to a user who has not the right to it. Answers how often it has. */
  refuse(command: string): () => number;
  allow(command: string): void;
  /** Answers nothing from now on, to nobody, and ends no connection, as behind a network that carries nothing any more. */
  fallSilent(): void;
  /** Answers those who connect from now on. */
  speakAgain(): void;
  /** Ends as a crash would. */
  stop(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
}

export async function startSmallRedis(): Promise<SmallRedis> {
  const sockets = new Set<Socket>();
  const muted = new WeakSet<Socket>();
  const refused = new Map<string, number>();
  const subscribed = new Map<string, Set<Socket>>();
  // None that the system gives away while it is stopped.
  const port = await findFreePort();
  let server: Server | undefined;
  let isSilent = false;
  let connections = 0;

  const publish = (channel: string, message: string): number => {
    const receivers = subscribed.get(channel) ?? new Set();
    for (const socket of receivers) socket.write(toArray([toBulk('message'), toBulk(channel), toBulk(message)]));
    return receivers.size;
  };

  const subscribe = (socket: Socket, channels: readonly string[]): string =>
    channels
      .map((channel, index) => {
        subscribed.set(channel, (subscribed.get(channel) ?? new Set()).add(socket));
        return toArray([toBulk('subscribe'), toBulk(channel), `:${index + 1}\r\n`]);
      })
      .join('');

  const isSubscribed = (socket: Socket) => [...subscribed.values()].some((receivers) => receivers.has(socket));

  const answer = (socket: Socket, [name = '', ...words]: readonly string[]): string => {
    const command = name.toLowerCase();
    const refusals = refused.get(command);
    if (refusals !== undefined) {
      refused.set(command, refusals + 1);
      return `-NOPERM this user has no permissions to run the '${command}' command\r\n`;
    }
    if (command === 'ping' && isSubscribed(socket)) return toArray([toBulk('pong'), toBulk('')]);
    if (command === 'subscribe') return subscribe(socket, words);
    if (command === 'publish') return `:${publish(words[0] ?? '', words[1] ?? '')}\r\n`;
    if (command === 'info') return toBulk('redis_version:7.0.0\r\nloading:0\r\n');
    if (['client', 'select', 'auth', 'quit'].includes(command)) return '+OK\r\n';
    return command === 'ping' ? '+PONG\r\n' : `-ERR unknown command '${command}'\r\n`;
  };

  const serve = (socket: Socket) => {
    sockets.add(socket);
    connections += 1;
    let rest: Buffer = Buffer.alloc(0);
    if (isSilent) muted.add(socket);
    socket.on('data', (bytes: Buffer) => {
      if (muted.has(socket)) return;
      const { commands, left } = readCommands(Buffer.concat([rest, bytes]));
      rest = left;
      for (const command of commands) socket.write(answer(socket, command));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      for (const receivers of subscribed.values()) receivers.delete(socket);
    });
  };

  const start = async () => {
    const started = createServer(serve);
    await new Promise<void>((resolve, reject) => started.once('error', reject).listen(port, '127.0.0.1', resolve));
    server = started;
  };

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    subscribers: (channel) => subscribed.get(channel)?.size ?? 0,
    get connections() {
      return connections;
    },
    publish,
    refuse(command) {
      refused.set(command, 0);
      return () => refused.get(command) ?? 0;
    },
    allow: (command) => void refused.delete(command),
    fallSilent() {
      isSilent = true;
      for (const socket of sockets) muted.add(socket);
      subscribed.clear();
    },
    speakAgain() {
      isSilent = false;
    },
    start,
    async stop() {
      const stopped = new Promise((resolve) => server?.close(resolve));
      for (const socket of sockets) socket.destroy();
      await stopped;
    },
  };
}

/** The whole commands at the beginning of some bytes, each an array of bulk strings, and the bytes that are left. */
function readCommands(bytes: Buffer): { commands: string[][]; left: Buffer } {
  const commands: string[][] = [];
  let left = bytes;
  for (;;) {
    const read = readCommand(left);
    if (read === undefined) return { commands, left };
    commands.push(read.words);
    left = left.subarray(read.length);
  }
}

function readCommand(bytes: Buffer): { words: string[]; length: number } | undefined {
  let place = 0;
  const readNumber = (): number | undefined => {
    const end = bytes.indexOf('\r\n', place);
    if (end < 0) return undefined;
    const number = Number(bytes.toString('latin1', place + 1, end));
    place = end + 2;
    return number;
  };
  const count = readNumber();
  if (count === undefined) return undefined;
  const words: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const size = readNumber();
    if (size === undefined || bytes.length < place + size + 2) return undefined;
    words.push(bytes.toString('utf8', place, place + size));
    place += size + 2;
  }
  return { words, length: place };
}

function toBulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

function toArray(parts: readonly string[]): string {
  return `*${parts.length}\r\n${parts.join('')}`;
}
