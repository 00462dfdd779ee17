import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createDarkroom } from '../src/index.ts';
import { setUpAsking, wish } from './set-up-asking.ts';
import { json } from './test-api.ts';
import { callEvent, callIds, courseOfCall } from './test-events.ts';

const [callId] = callIds;
const { api, darkroom, sentTo } = setUpAsking();

describe('waiting', () => {
  test('answers a call that has ended without following it', async () => {
    api.log.append(...courseOfCall(1));

    expect(await darkroom.calls.wait(callId)).toMatchObject({ id: callId, status: 'completed' });
    expect([api.stream.webSocketsOpened, api.polls()]).toEqual([0, 0]);
  });

  test('hands over the events of a call that has ended to whoever wants them', async () => {
    api.log.append(...courseOfCall(1));
    const types: string[] = [];
    await darkroom.calls.wait(callId, { onEvent: ({ type }) => types.push(type) });

    expect(types).toEqual(['call.accepted', 'call.processing', 'call.progress', 'call.completed']);
  });

  test('waits for the end, and ends early with its signal', async () => {
    api.log.append(callEvent(1, 'call.accepted'));
    const stop = new AbortController();
    const given = expect(darkroom.calls.wait(callId, { signal: stop.signal })).rejects.toThrow('no patience');
    const waited = darkroom.calls.wait(callId, {
      onEvent() {
        stop.abort(new Error('no patience'));
        api.log.append(callEvent(2, 'call.failed'));
      },
    });
    await given;

    expect(await waited).toMatchObject({ status: 'failed' });
  });

  test('waits for a call of which the first events were removed already', async () => {
    api.log.append(callEvent(41, 'call.progress'));
    let isRefused = false;
    api.intercept((request, response) => {
      if (request.path.startsWith('/v1/tokens')) {
        json(response, 503, {});
        return 'answered';
      }
      if (!request.path.endsWith('/events?after=0&limit=1000')) return 'pass';
      isRefused = true;
      const problem = { type: 'urn:x', title: 'x', status: 410, code: 'events_removed', retryable: false };
      json(response, 410, { ...problem, detail: 'They are gone.', firstSequence: 41 });
      return 'answered';
    });
    const types: string[] = [];
    const ended = await darkroom.calls.wait(callId, {
      onEvent({ type }) {
        types.push(type);
        if (type === 'call.progress') api.log.append(callEvent(42, 'call.completed'));
      },
    });

    expect(ended.status).toBe('completed');
    expect([isRefused, types]).toEqual([true, ['call.progress', 'call.completed']]);
  });
});

describe('running a call', () => {
  const runTo = (...events: ReturnType<typeof courseOfCall>) => {
    api.log.append(...events);
    api.intercept((request, response) => {
      if (request.method !== 'POST' || request.path !== '/v1/calls') return 'pass';
      json(response, 202, { id: callId });
      return 'answered';
    });
    return darkroom.calls.run(wish);
  };

  test('answers it completed', async () => {
    expect(await runTo(...courseOfCall(2))).toMatchObject({ id: callId, status: 'completed', output: {} });
  });

  test('throws one that was cancelled, with the call', async () => {
    await expect(runTo(callEvent(1, 'call.accepted'), callEvent(2, 'call.cancelled'))).rejects.toMatchObject({
      name: 'DarkroomError',
      code: 'call_cancelled',
      call: { id: callId, status: 'cancelled' },
    });
  });
});

test('lists go on from page to page as far as they are asked for', async () => {
  api.intercept((request, response) => {
    const { pathname, searchParams } = new URL(request.path, api.url);
    if (pathname !== '/v1/calls') return 'pass';
    const page = Number(searchParams.get('cursor') ?? 0);
    json(response, 200, { items: [{ id: `${page}a` }, { id: `${page}b` }], nextCursor: String(page + 1) });
    return 'answered';
  });
  const ids: string[] = [];
  for await (const { id } of darkroom.calls.all({ status: 'completed' })) {
    ids.push(id);
    if (ids.length === 3) break;
  }

  expect(ids).toEqual(['0a', '0b', '1a']);
  expect(api.requests.map(({ path }) => path)).toEqual([
    '/v1/calls?status=completed',
    '/v1/calls?status=completed&cursor=1',
  ]);
});

test('an upload is sent as a form, with its name and the header that a foreign page cannot send', async () => {
  api.intercept((_request, response) => {
    json(response, 201, { id: 'upl_1' });
    return 'answered';
  });
  const upload = await darkroom.uploads.create(new File(['the very bytes'], 'löwe.png', { type: 'image/png' }));

  const [request] = sentTo('/v1/uploads');
  expect(upload).toEqual({ id: 'upl_1' });
  expect(request?.headers).toMatchObject({
    'x-darkroom-upload': '1',
    'content-type': expect.stringMatching(/^multipart\/form-data; boundary=/),
  });
  expect(request?.body).toContain('name="file"; filename="löwe.png"');
  expect(request?.body).toContain('the very bytes');
});

describe('a session', () => {
  const answering = (status: number, body?: unknown) =>
    api.intercept((_request, response) => {
      if (body === undefined) response.writeHead(status).end();
      else json(response, status, body);
      return 'answered';
    });

  test('is signed in with a key that goes into a header, and signed out', async () => {
    const page = createDarkroom({ baseUrl: api.url });
    answering(201, { accountId: 'alpha', expiresAt: '2026-02-07T12:00:00.000Z' });
    expect(await page.session.signIn('key-of-alpha')).toMatchObject({ accountId: 'alpha' });
    answering(204);
    await page.session.signOut();

    expect(api.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ['POST', 'Bearer key-of-alpha'],
      ['DELETE', undefined],
    ]);
  });

  test('that is missing is no error: the page asks for a key then', async () => {
    answering(401, { code: 'unauthenticated', detail: 'Send a key.', retryable: false });
    expect(await darkroom.session.current()).toBeUndefined();
    answering(200, { accountId: 'default', signedInBy: 'local' });
    expect(await darkroom.session.current()).toEqual({ accountId: 'default', signedInBy: 'local' });
  });
});

describe('a download', () => {
  test('comes from storage under its readable name, without the API key, and again where it breaks off', async () => {
    const received: (string | undefined)[] = [];
    const storage = createServer((request, response) => {
      received.push(request.headers.authorization);
      response.writeHead(200, {
        'content-type': 'image/png',
        'content-length': 9,
        'content-disposition': `attachment; filename="l.png"; filename*=UTF-8''l%C3%B6we.png`,
      });
      if (received.length > 1) response.end('the bytes');
      else response.write('the', () => response.destroy());
    });
    await new Promise<void>((listening) => storage.listen(0, '127.0.0.1', listening));
    const { port } = storage.address() as AddressInfo;
    api.intercept((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/signed` }).end();
      return 'answered';
    });
    const file = await darkroom.artifacts.download({ artifactId: 'art_1' });
    storage.closeAllConnections();
    await new Promise((closed) => storage.close(closed));

    expect([file.name, file.type, await file.text()]).toEqual(['löwe.png', 'image/png', 'the bytes']);
    expect(sentTo('/v1/artifacts/art_1/download')).toHaveLength(2);
    expect(received).toEqual([undefined, undefined]);
  });

  test('that is refused is thrown, with what to do', async () => {
    await expect(darkroom.artifacts.download('art_1')).rejects.toMatchObject({ code: 'not_found', status: 404 });
  });
});
