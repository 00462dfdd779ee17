import type { AccountEvent } from '@darkroom/contract';

const heartbeatMs = 15_000;
const reconnectMs = 2_000;

/** The log as `text/event-stream`: `id` is the sequence. A comment every 15 seconds keeps proxies from closing the connection. */
export async function* toServerSentEvents(
  pages: AsyncIterable<AccountEvent[]>,
  now: () => number = Date.now,
): AsyncGenerator<string> {
  yield `retry: ${reconnectMs}\n\n`;
  let lastSentAt = now();
  for await (const events of pages) {
    const text = events.map(toMessage).join('') || (now() - lastSentAt >= heartbeatMs ? ': still here\n\n' : '');
    if (text === '') continue;
    lastSentAt = now();
    yield text;
  }
}

function toMessage(event: AccountEvent): string {
  return `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
