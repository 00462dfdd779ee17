import type { Client, Connection } from '@temporalio/client';

/** A Worker's connection waits for as long by itself. A client's would wait for ever where somebody takes its connection and never answers. */
const longestAnswerMs = 30_000;

/** Asks Temporal with a limit; one that the caller has set stays. */
export function withinLimit<Answer>(client: Client, ask: () => Promise<Answer>): Promise<Answer> {
  // A Worker's connection notes the limits of its callers as a client's does.
  const { callContextStorage }: Partial<Pick<Connection, 'callContextStorage'>> = client.connection as Connection;
  const hasLimit = callContextStorage?.getStore()?.deadline !== undefined;
  return hasLimit ? ask() : client.withDeadline(Date.now() + longestAnswerMs, ask);
}
