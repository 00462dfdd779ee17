import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { openai } from './dialect-client.ts';
import { sendRaw, statusOf } from './raw-request.ts';
import { postJson, startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(async () => {
  await fetch(`${simulator.origin}/control/plans`, { method: 'DELETE' });
  await fetch(`${simulator.origin}/control/submissions`, { method: 'DELETE' });
});
afterAll(() => simulator.stop());

const ask = async (prompt: string, apiKey?: string) => (await openai.ask(simulator.origin, prompt, apiKey)).status;
const post = (plan: object) => postJson(`${simulator.origin}/control/plans`, plan);

describe('plans', () => {
  test('apply to every prompt that holds their text, and to no other', async () => {
    await simulator.plan({ match: 'storm', fault: 'unavailable_envelope' });
    expect([await ask('a storm'), await ask('a calm sea'), await ask('the storms')]).toEqual([503, 200, 503]);
  });

  test('apply as often as they say, after as many as they say', async () => {
    await simulator.plan({ match: 'x', fault: 'unavailable_envelope', after: 1, times: 2 });
    const statuses = [];
    for (let turn = 0; turn < 5; turn += 1) statuses.push(await ask('x'));
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
  });

  test('play their steps in order, then nothing', async () => {
    const steps = [{ fault: 'internal_error' }, {}, { fault: { kind: 'rate_limited', retryAfterSeconds: 1 } }];
    await simulator.plan({ match: 'x', steps });
    expect([await ask('x'), await ask('x'), await ask('x'), await ask('x')]).toEqual([500, 200, 429, 200]);
  });

  test('are asked in the order of their creation, and the next one once the first is used up', async () => {
    await simulator.plan({ match: 'x', fault: 'unauthorized', times: 1 });
    await simulator.plan({ match: 'x', fault: 'bad_request', times: 1 });
    expect([await ask('x'), await ask('x'), await ask('x')]).toEqual([401, 400, 200]);
  });

  test('match by API key, alone or with the prompt', async () => {
    await simulator.plan({ matchKey: 'mine', match: 'x', fault: 'unauthorized' });
    await simulator.plan({ matchKey: 'other', fault: 'bad_request' });
    expect([await ask('x', 'mine'), await ask('y', 'mine'), await ask('y', 'other')]).toEqual([401, 200, 400]);
  });

  test('divide their turns among requests that come at once', async () => {
    await simulator.plan({ match: 'x', fault: 'unavailable_envelope', times: 3 });
    const statuses = await Promise.all(Array.from({ length: 10 }, () => ask('x')));
    expect(statuses.filter((status) => status === 503)).toHaveLength(3);
  });

  test('are listed with what they have seen, and end when they are deleted', async () => {
    const made = (await (await post({ match: 'x', fault: 'unauthorized' })).json()) as { id: string };
    await ask('x');
    const list = await (await fetch(`${simulator.origin}/control/plans`)).json();
    expect(list).toEqual({
      items: [{ id: made.id, match: 'x', on: 'submit', after: 0, seen: 1, fault: { kind: 'unauthorized' } }],
    });
    expect((await fetch(`${simulator.origin}/control/plans/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${simulator.origin}/control/plans/${made.id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await ask('x')).toBe(200);
  });

  test('are all gone after DELETE /control/plans', async () => {
    await simulator.plan({ match: 'x', fault: 'unauthorized' });
    await fetch(`${simulator.origin}/control/plans`, { method: 'DELETE' });
    expect(await ask('x')).toBe(200);
  });

  test.each([
    ['nothing to match by', { fault: 'hang' }, 'match'],
    ['a fault that does not exist', { match: 'x', fault: 'explode' }, 'fault.kind'],
    ['an option that the fault does not have', { match: 'x', fault: { kind: 'hang', status: 1 } }, 'fault'],
    ['a fault before the body that needs the prompt', { match: 'x', fault: 'reset_before_body' }, 'match'],
    ['steps with a number of times', { match: 'x', steps: [{}], times: 2 }, 'times'],
    ['a fault of a callback for a submission', { match: 'x', fault: 'callback_missing' }, 'on'],
    ['a fault of a submission for a poll', { match: 'x', on: 'poll', fault: 'task_failed' }, 'on'],
    ['steps beside a behaviour', { match: 'x', steps: [{}], latencyMs: 2 }, 'steps'],
    ['an unknown field', { match: 'x', tiems: 2 }, ''],
  ])('are refused with %s, with the path of the fault', async (_name, plan, path) => {
    const response = await post(plan);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, errors: [{ path, message: expect.any(String) }] });
  });
});

describe('submissions', () => {
  test('count what was accepted apart from what was received, and the most at once', async () => {
    await simulator.plan({ match: 'refused', fault: 'rate_limited' });
    // As long as three requests may take to arrive.
    await simulator.plan({ match: 'slow', latencyMs: 1_500 });
    await Promise.all([ask('slow one'), ask('slow two'), ask('slow three'), ask('refused')]);
    await ask('alone');
    expect(await simulator.submissions()).toMatchObject({ accepted: 4, received: 5, maxConcurrent: 3 });
    expect(await simulator.submissions('alone')).toMatchObject({ accepted: 1, received: 1, maxConcurrent: 1 });
  });

  test('tell keys apart by fingerprint and never hold a key', async () => {
    await ask('x', 'sk-secret-one');
    await ask('x', 'sk-secret-two');
    const text = await (await fetch(`${simulator.origin}/control/submissions`)).text();
    expect(text).not.toContain('sk-secret');
    const { items } = JSON.parse(text) as { items: { keyFingerprint: string }[] };
    const query = `keyFingerprint=${items[0]?.keyFingerprint}`;
    const one = await fetch(`${simulator.origin}/control/submissions?${query}`);
    expect(await one.json()).toMatchObject({ accepted: 1 });
  });

  test('count 200 requests that arrive at once', async () => {
    await simulator.plan({ match: 'many', fixedImage: true });
    await Promise.all(Array.from({ length: 200 }, (_, index) => ask(`many ${index}`)));
    const { accepted, items } = await simulator.submissions('many');
    expect(accepted).toBe(200);
    expect(items.every(({ outcome }) => outcome === 'answered')).toBe(true);
  });

  test('start at nothing after DELETE /control/submissions', async () => {
    await ask('x');
    await fetch(`${simulator.origin}/control/submissions`, { method: 'DELETE' });
    expect(await simulator.submissions()).toEqual({
      accepted: 0,
      received: 0,
      maxConcurrent: 0,
      maxUnderWay: 0,
      items: [],
    });
  });
});

test('the state names the providers with their base paths, and every fault', async () => {
  const state = await (await fetch(`${simulator.origin}/control/state`)).json();
  expect(state).toMatchObject({
    plans: 0,
    submissions: { accepted: 0, received: 0, inFlight: 0 },
    providers: expect.arrayContaining([
      expect.objectContaining({ name: 'gemini', basePath: '/gemini/v1beta' }),
      expect.objectContaining({ name: 'ark-video', basePath: '/ark/api/v3' }),
      expect.objectContaining({ name: 'example-jobs', basePath: '/example/v1' }),
    ]),
    faults: expect.arrayContaining(['reset_before_body', 'rate_limited', 'hang', 'url_expired']),
  });
});

test('a closed port refuses connections', async () => {
  const response = await postJson(`${simulator.origin}/control/closed-ports`, {});
  const { port } = (await response.json()) as { port: number };
  const failure = await new Promise<NodeJS.ErrnoException>((resolve) =>
    connect(port, '127.0.0.1').on('error', resolve),
  );
  expect(failure.code).toBe('ECONNREFUSED');
});

describe('access to the control API', () => {
  const body = '{"match":"x","fault":"hang"}';
  const plan = (headers: Record<string, string>, content = body) =>
    sendRaw({ port: simulator.port, method: 'POST', path: '/control/plans', headers, body: content });
  const json = { 'content-type': 'application/json' };

  test.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('answers a request for the host %s', async (name) => {
    expect(statusOf(await plan({ host: `${name}:${simulator.port}`, ...json }))).toBe(201);
  });

  test('answers a page of its own origin', async () => {
    const host = `localhost:${simulator.port}`;
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin', ...json };
    expect(statusOf(await plan(headers))).toBe(201);
  });

  test.each([
    ['a name that rebinds to loopback', { host: 'evil.example:PORT' }],
    ['a name that begins like ours', { host: 'localhost.evil.example:PORT' }],
    ['another port', { host: 'localhost:1' }],
    ['no port', { host: 'localhost' }],
    ['an Origin of another site', { host: 'localhost:PORT', origin: 'https://evil.example' }],
    ['an Origin of another local port', { host: 'localhost:PORT', origin: 'http://localhost:1' }],
    ['an opaque Origin', { host: 'localhost:PORT', origin: 'null' }],
    ['Forwarded', { host: 'localhost:PORT', forwarded: 'for=192.0.2.1' }],
    ['X-Forwarded-For', { host: 'localhost:PORT', 'x-forwarded-for': '127.0.0.1' }],
    ['X-Forwarded-Host', { host: 'localhost:PORT', 'x-forwarded-host': 'localhost' }],
    ['Sec-Fetch-Site: cross-site', { host: 'localhost:PORT', 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { host: 'localhost:PORT', 'sec-fetch-site': 'same-site' }],
  ])('refuses %s with 403 and changes nothing', async (_name, given: Record<string, string>) => {
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('PORT', String(simulator.port))]),
    );
    const answer = await plan({ ...headers, ...json });
    expect(statusOf(answer)).toBe(403);
    expect(answer.text).toContain('application/problem+json');
    for (const [method, path] of [
      ['GET', '/control/submissions'],
      ['DELETE', '/control/submissions'],
    ] as const) {
      expect(statusOf(await sendRaw({ port: simulator.port, method, path, headers }))).toBe(403);
    }
    expect(await (await fetch(`${simulator.origin}/control/plans`)).json()).toEqual({ items: [] });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'refuses the content type %s, which a page may send without asking, with 415',
    async (type) => {
      const host = `localhost:${simulator.port}`;
      expect(statusOf(await plan({ host, 'content-type': type }))).toBe(415);
      expect(statusOf(await plan({ host }))).toBe(415);
    },
  );
});

describe('health', () => {
  test.each(['/healthz', '/readyz'])('%s answers 200', async (path) => {
    expect((await fetch(simulator.origin + path)).status).toBe(200);
  });

  test('/metrics counts requests by provider and outcome', async () => {
    const other = await startSimulator();
    await openai.ask(other.origin, 'x');
    await other.plan({ match: 'y', fault: 'rate_limited' });
    await openai.ask(other.origin, 'y');
    const metrics = await (await fetch(`${other.origin}/metrics`)).text();
    await other.stop();
    expect(metrics).toContain('darkroom_simulator_requests_total{provider="openai",outcome="answered"} 1');
    expect(metrics).toContain('darkroom_simulator_requests_total{provider="openai",outcome="rate_limited"} 1');
    expect(metrics).toContain('darkroom_simulator_requests_in_flight{provider="openai"} 0');
  });
});
