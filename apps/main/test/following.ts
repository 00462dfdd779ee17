import { afterEach } from '@jest/globals';
import { type CallEvent, callEventSchema } from '@darkroom/contract';
import type { PublicApi } from './public-api.ts';
import { until } from './until.ts';

/** A client that reads a log as a stream. */
export interface Follower {
  events: CallEvent[];
  ids: number[];
  headers: Headers;
  ended: Promise<void>;
  leave: () => void;
}

/** What tests do with logs that are followed. */
export interface Following {
  /** Follows the log at a path, until the test is over. */
  follow(path: string, options?: { from?: PublicApi; 'last-event-id'?: string }): Promise<Follower>;
  has(follower: Follower, count: number): Promise<number>;
  /** A call of the account `alpha`. */
  accept(): Promise<string>;
  /** The end of the log of the account `alpha`. */
  lastSequence(): Promise<number>;
}

export function following(api: PublicApi): Following {
  const followers: Follower[] = [];
  afterEach(() => followers.splice(0).forEach((follower) => follower.leave()));
  return {
    async follow(path, { from = api, ...headers } = {}) {
      const leaving = new AbortController();
      const response = await from.open(path, {
        headers: { accept: 'text/event-stream', ...headers },
        signal: leaving.signal,
      });
      const follower: Follower = {
        events: [],
        ids: [],
        headers: response.headers,
        ended: Promise.resolve(),
        leave: () => leaving.abort(),
      };
      follower.ended = readMessages(response, follower).catch(() => undefined);
      followers.push(follower);
      return follower;
    },
    has: (follower, count) =>
      until(
        () => follower.ids.length,
        (length) => length >= count,
      ),
    accept: async () => (await api.submit()).body.id,
    lastSequence: async () => (await api.events('/v1/events?limit=1000')).at(-1)?.sequence ?? 0,
  };
}

async function readMessages(response: Response, { events, ids }: Follower): Promise<void> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const fields = new Map(
        message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      if (!fields.has('data')) continue;
      ids.push(Number(fields.get('id')));
      events.push(callEventSchema.strict().parse(JSON.parse(fields.get('data') ?? '')));
    }
  }
}
