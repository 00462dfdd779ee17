import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@darkroom/testing';
import { type Rig, startRig } from './start-rig.ts';
import { signToken } from './stream-token.ts';

/** What a stream has brought so far. */
interface OpenStream {
  readonly response: Response;
  text(): string;
  close(): void;
}

describe('a stream of server-sent events', () => {
  let rig: Rig;
  const open: OpenStream[] = [];

  beforeAll(async () => {
    // That `main` is away for a while is nothing that these tests are told of.
    rig = await startRig({}, { away: 60_000 });
  });

  afterAll(async () => {
    open.forEach((stream) => stream.close());
    await rig.stop();
  });

  const ask = async (
    { token, query = '', headers = {} }: { token?: string; query?: string; headers?: Record<string, string> } = {},
    signal?: AbortSignal,
  ): Promise<Response> =>
    fetch(`${rig.url}/v1/stream${query}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token ?? (await signToken())}`, ...headers },
      ...(signal && { signal }),
    });

  const follow = async (options: Parameters<typeof ask>[0] = {}): Promise<OpenStream> => {
    const leaving = new AbortController();
    const response = await ask(options, leaving.signal);
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true });
    })();
    // Ending it aborts what it reads.
    reading.catch(() => undefined);
    const stream = { response, text: () => text, close: () => leaving.abort() };
    open.push(stream);
    return stream;
  };

  const tokenOf = (sub: string, subject = 'account') => signToken({ sub, subject });
  const idsIn = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

  test('[P4] shows the same events as every other channel, framed as those of main', async () => {
    rig.main.append({ accountId: 'framed', count: 2, data: { text: 'Zeile\nzwei' } });
    const stream = await follow({ token: await tokenOf('framed') });
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await until('both events came', () => idsIn(stream.text()).length === 2);
    rig.main.append({ accountId: 'framed' });
    await until('the third came', () => idsIn(stream.text()).length === 3);

    const framed = rig.main
      .log('framed')
      .map((event) => `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    expect(stream.text()).toBe(`retry: 2000\n\n${framed.join('')}`);
  });

  test('[P4] goes on behind Last-Event-ID, which wins over `after`, and follows one call', async () => {
    const callId = rig.main.append({ accountId: 'resumed' });
    rig.main.append({ accountId: 'resumed', count: 3 });
    rig.main.append({ accountId: 'resumed', callId, count: 2 });
    const token = await tokenOf('resumed', callId);
    const [header, query] = [
      await follow({ token, query: '?after=0', headers: { 'last-event-id': '5' } }),
      await follow({ token, query: '?after=1' }),
    ];
    await until('both have all', () => idsIn(query.text()).length === 2 && idsIn(header.text()).length === 1);
    expect([idsIn(header.text()), idsIn(query.text())]).toEqual([[6], [5, 6]]);
  });

  test.each([
    ['without a token', { headers: { authorization: '' } }, 401, 'unauthenticated'],
    ['with a forged token', { token: 'x.y.z' }, 401, 'token_refused'],
    ['with a token in its address', { query: '?token=x.y.z' }, 422, 'invalid_request'],
    ['behind half a sequence', { query: '?after=1.5' }, 422, 'invalid_request'],
    ['behind no sequence', { headers: { 'last-event-id': 'abc' } }, 422, 'invalid_request'],
    ['for JSON', { headers: { accept: 'application/json' } }, 406, 'not_acceptable'],
    ['from another site', { headers: { origin: 'https://evil.example' } }, 403, 'foreign_origin'],
    ['behind a sequence from the future', { query: '?after=900000' }, 422, 'sequence_ahead'],
  ])('a request %s is answered %i', async (_name, options, status, code) => {
    const response = await ask(options);

    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect([response.status, await response.json()]).toMatchObject([
      status,
      { status, code, type: expect.stringMatching(/^urn:darkroom:problem:/), detail: expect.stringMatching(/\w/) },
    ]);
  });

  test('a request with an expired token, or for events that were removed, says so', async () => {
    expect((await ask({ token: await signToken({ seconds: -60 }) })).status).toBe(401);
    rig.main.append({ accountId: 'removed', count: 1200 });
    rig.main.removedThrough.set('removed', 1150);
    const response = await ask({ token: await tokenOf('removed'), query: '?after=3' });
    expect([response.status, await response.json()]).toMatchObject([
      410,
      { code: 'events_removed', firstSequence: 1151 },
    ]);
  });

  test('a stream whose next events were removed ends, and its last message says where to read on', async () => {
    rig.main.append({ accountId: 'removed meanwhile', count: 10 });
    const stream = await follow({ token: await tokenOf('removed meanwhile'), query: '?after=latest' });
    await rig.main.stop();
    rig.main.append({ accountId: 'removed meanwhile', count: 20 });
    rig.main.removedThrough.set('removed meanwhile', 25);
    await rig.main.start();
    await until('it has ended', () => stream.text().includes('event: end'));

    expect(stream.text()).toMatch(/event: end\ndata: \{"code":"events_removed",.*"removedThrough":25\}\n\n$/);
    expect(idsIn(stream.text())).toEqual([]);
  });

  test('a token that expires ends the stream, and its last message says why', async () => {
    const response = await ask({ token: await signToken({ sub: 'short', seconds: -1 }) });

    expect(await response.text()).toMatch(/^retry: 2000\n\n[^]*event: end\ndata: \{"code":"token_expired",.*\}\n\n$/);
  });

  test('the page of main may read it, after the question that browsers ask first, and no other page', async () => {
    const origin = 'http://localhost:3000';
    const question = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } };
    const preflight = await fetch(`${rig.url}/v1/stream`, question);
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization/);
    const stream = await follow({ headers: { origin } });
    expect(stream.response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(stream.response.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await ask({ token: 'x', headers: { origin } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    const foreign = await fetch(`${rig.url}/v1/stream`, { ...question, headers: { origin: 'https://evil.example' } });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  test('other addresses and methods are answered with a problem', async () => {
    const answers = [await fetch(`${rig.url}/v1/calls`), await fetch(`${rig.url}/v1/stream`, { method: 'POST' })];
    expect(answers.map(({ status }) => status)).toEqual([404, 405]);
    expect(await (await fetch(`${rig.url}/metrics`)).json()).toMatchObject({ code: 'not_found' });
  });
});
