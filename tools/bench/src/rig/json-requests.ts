import type { Dispatcher } from 'undici';

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts as a client with kept connections would, and reads the whole answer. */
export function postJson(
  pool: Dispatcher,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: unknown },
): Promise<JsonAnswer> {
  return ask(pool, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

export function getJson(pool: Dispatcher, path: string, headers: Record<string, string>): Promise<JsonAnswer> {
  return ask(pool, { method: 'GET', path, headers });
}

/** Fails with the answer where it is not the expected one: a benchmark of refusals would look fast. */
export function expectStatus({ status, body }: JsonAnswer, expected: number): void {
  if (status === expected) return;
  throw new Error(`Expected ${expected}, got ${status}: ${JSON.stringify(body).slice(0, 1_000)}`);
}

async function ask(pool: Dispatcher, options: Dispatcher.RequestOptions): Promise<JsonAnswer> {
  try {
    const answer = await pool.request(options);
    const text = await answer.body.text();
    return { status: answer.statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${options.method} ${options.path} got no answer that can be read: ${reason}`, { cause: error });
  }
}
