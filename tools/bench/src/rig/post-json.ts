import type { Dispatcher } from 'undici';

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Posts as a client with kept connections would, and reads the whole answer. */
export async function postJson(
  pool: Dispatcher,
  path: string,
  { headers, body }: { headers: Record<string, string>; body: unknown },
): Promise<JsonAnswer> {
  const answer = await pool.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** Fails with the answer where it is not the expected one: a benchmark of refusals would look fast. */
export function expectStatus({ status, body }: JsonAnswer, expected: number): void {
  if (status === expected) return;
  throw new Error(`Expected ${expected}, got ${status}: ${JSON.stringify(body).slice(0, 500)}`);
}
