import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** Somebody who reads the account's events as they come. */
export interface Follower {
  /** The numbers seen, in the order in which they came. */
  readonly sequences: number[];
  stop(): void;
}

/** Follows the account's log by server-sent events. Resolves when the stream is open. */
export async function followAccount(mainUrl: string, after = 0): Promise<Follower> {
  const abort = new AbortController();
  const response = await fetch(`${mainUrl}/v1/events?after=${after}`, {
    headers: { accept: 'text/event-stream' },
    signal: abort.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`The event stream answered ${response.status}.`);
  const sequences: number[] = [];
  const lines = createInterface({ input: Readable.fromWeb(response.body) });
  lines.on('line', (line) => {
    if (line.startsWith('id:')) sequences.push(Number(line.slice('id:'.length)));
  });
  // Ending the follower aborts the stream it reads.
  lines.on('error', () => lines.close());
  return { sequences, stop: () => abort.abort() };
}
