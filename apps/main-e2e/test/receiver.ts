import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@darkroom/testing';

/** A request that came to a receiver. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Whether it was answered, or its sender has left. */
  isOver: boolean;
}

/** The body of a webhook. */
export interface WebhookBody {
  type: string;
  timestamp: string;
  data: Record<string, unknown> & { sequence: number; type: string; createdAt: string };
}

/** An account's own server. It answers 204, unless a path is given another way to answer. */
export interface Receiver {
  origin: string;
  received: Received[];
  /** Those at a path, in the order in which they came. */
  at(path: string): Received[];
  /** The next requests at a path are answered so, the last way for good. `undefined`: never. */
  answer(path: string, ...ways: (AnswerWay | undefined)[]): void;
  /** How many requests at a path have waited for their answer at the same time. */
  mostAtOnce(path: string): number;
  waitFor(path: string, count: number, seconds?: number): Promise<Received[]>;
  /** Breaks every connection, and takes no more. */
  stop(): Promise<void>;
}

export interface AnswerWay {
  status: number;
  headers?: Record<string, string>;
  afterMs?: number;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waysByPath = new Map<string, (AnswerWay | undefined)[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const headers = request.headers as Record<string, string>;
      const one: Received = { path, headers, body: Buffer.concat(chunks).toString(), isOver: false };
      received.push(one);
      count(path, 1);
      const end = () => {
        if (one.isOver) return;
        one.isOver = true;
        count(path, -1);
      };
      // The response closes some turns after its sender has left: the next request could be counted before.
      request.socket.once('end', end);
      response.once('close', () => {
        request.socket.off('end', end);
        end();
      });
      reply(response, nextWay(path));
    });
  });
  const open = new Map<string, { now: number; most: number }>();
  const count = (path: string, change: number) => {
    const { now, most } = open.get(path) ?? { now: 0, most: 0 };
    open.set(path, { now: now + change, most: Math.max(most, now + change) });
  };
  const nextWay = (path: string): AnswerWay | undefined => {
    const ways = waysByPath.get(path) ?? [{ status: 204 }];
    return ways.length > 1 ? ways.shift() : ways[0];
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = (path: string) => received.filter((one) => one.path === path);

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    at,
    answer: (path, ...ways) => void waysByPath.set(path, ways),
    mostAtOnce: (path) => open.get(path)?.most ?? 0,
    waitFor: (path, wanted, seconds = 60) =>
      until(`${wanted} requests at ${path}`, () => Promise.resolve(at(path).length >= wanted && at(path)), seconds),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function reply(response: ServerResponse, way: AnswerWay | undefined): void {
  if (way === undefined) return;
  const timer = setTimeout(() => response.writeHead(way.status, way.headers).end(), way.afterMs ?? 0);
  response.on('close', () => clearTimeout(timer));
}

export function bodyOf({ body }: Received): WebhookBody {
  return JSON.parse(body) as WebhookBody;
}

/** The events that were told, each once, in the order of their sequence: deliveries may come twice, and overtake each other. */
export function eventsIn(received: readonly Received[]): WebhookBody['data'][] {
  const told = new Map(received.map(bodyOf).map(({ data }) => [data.sequence, data]));
  return [...told.values()].sort((one, other) => one.sequence - other.sequence);
}
