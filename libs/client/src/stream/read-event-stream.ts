import type { StreamEnd } from '@darkroom/contract';
import { createParser } from 'eventsource-parser';
import { orAborted } from '../http/or-aborted.ts';
import { toDarkroomError } from '../http/to-darkroom-error.ts';
import type { AccountEvent } from './events.ts';
import { watchSilence } from './silence-watch.ts';
import { toStreamError } from './stream-fault.ts';

export interface EventStreamOptions {
  /** Where the stream is, as a token says. */
  url: string;
  token: string;
  after: number;
  fetch: (request: Request) => Promise<Response>;
  /** Its first bytes may take so long. */
  openTimeoutMs: number;
  /** A stream that is silent for so long is given up. */
  silenceMs: number;
  /** Called once, with the first bytes. */
  onOpen: () => void;
  onEvent: (event: AccountEvent) => void;
}

/** Reads one stream of server-sent events to its end, and answers why it ended. Rejects where the signal is aborted. */
export async function readEventStream(options: EventStreamOptions, signal: AbortSignal): Promise<Error> {
  const over = new AbortController();
  try {
    return await readToEnd(options, AbortSignal.any([signal, over.signal]), (why) => over.abort(new Error(why)));
  } catch (fault) {
    signal.throwIfAborted();
    return fault instanceof Error ? fault : new Error(String(fault));
  } finally {
    over.abort();
  }
}

async function readToEnd(
  options: EventStreamOptions,
  signal: AbortSignal,
  stop: (why: string) => void,
): Promise<Error> {
  const { url, token, after, fetch, openTimeoutMs, silenceMs, onOpen, onEvent } = options;
  // The sequence is in the address and not in `Last-Event-ID`, which a page may not send without asking first.
  const request = new Request(`${url}?after=${after}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    cache: 'no-store',
    credentials: 'omit',
    signal,
  });
  let end: Error | undefined;
  const parser = createParser({
    onEvent(message) {
      if (message.event === 'end') end = toStreamError(JSON.parse(message.data) as StreamEnd);
      else onEvent(JSON.parse(message.data) as AccountEvent);
    },
  });
  let isOpen = false;
  let watch = watchSilence(openTimeoutMs, () => stop(`The stream did not open within ${openTimeoutMs} ms.`));
  try {
    const response = await orAborted(fetch(request).then(keepUnlessAborted(signal)), signal);
    if (!response.ok || response.body === null)
      return toDarkroomError(response, await orAborted(bodyOf(response), signal));
    for await (const text of textsOf(response.body, signal)) {
      watch.heard();
      // The server writes something at once: where only the headers come, something between holds the rest back.
      if (!isOpen) {
        isOpen = true;
        watch.stop();
        watch = watchSilence(silenceMs, () => stop(`The stream was silent for ${silenceMs} ms.`));
        onOpen();
      }
      parser.feed(text);
      if (end !== undefined) return end;
    }
  } finally {
    watch.stop();
  }
  return new Error('The stream was cut.');
}

/** Gives up the body of an answer that comes when nobody waits for it any more: it would keep its connection. */
function keepUnlessAborted(signal: AbortSignal): (response: Response) => Response {
  return (response) => {
    if (signal.aborted) response.body?.cancel().catch(() => undefined);
    return response;
  };
}

/** Not every browser can iterate over a body, and not every `fetch` ends one where the signal of its request is aborted. */
async function* textsOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await orAborted(reader.read(), signal);
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
