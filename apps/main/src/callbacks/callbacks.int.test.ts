import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createCallbackToken } from '@darkroom/integration-sdk/signed-links';
import { signCallback } from '../../test/calling-back.definition.ts';
import { courseOf, testCallbackSecret } from '../../test/public-api.ts';
import { setUpCallingBack } from '../../test/set-up-calling-back.ts';

const key = 'a-key-that-signs';
const unknownCall = 'call_01k3x5c5jyfvhbqm6w8r9c4r3n';
let signals: unknown[][] = [];
let engineIsUp = true;
const { api, logged } = setUpCallingBack({
  environment: { CALLING_BACK_KEY: key },
  signal: (...signal) => {
    if (!engineIsUp) return Promise.reject(new Error('Temporal is away'));
    signals.push(signal);
    return Promise.resolve('delivered');
  },
});
beforeEach(() => {
  signals = [];
  engineIsUp = true;
});

const accept = async () => {
  const body = { integration: 'calling-back', operation: 'draw', input: {} };
  return (await api.submit({ body })).body.id;
};
const pathOf = (callId: string, { attempt = 1, integration = 'calling-back', secret = testCallbackSecret } = {}) =>
  `/callbacks/${integration}/${createCallbackToken(secret, { integration, callId, attempt })}`;
const seconds = (offset = 0) => String(Math.floor(Date.now() / 1000) + offset);
const signed = (id: string, time = seconds()) => ({ 'x-time': time, 'x-signature': signCallback(key, id, time) });
const post = (path: string, body: unknown = { id: 'task-1', status: 'done' }, headers: object = signed('task-1')) =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a callback whose token and signature are right', () => {
  test('wakes the workflow with its attempt and task, and is answered as the provider asks', async () => {
    const callId = await accept();
    const answer = await post(pathOf(callId, { attempt: 2 }));

    expect([answer.status, await answer.json()]).toEqual([200, { code: 200, msg: 'success' }]);
    expect(signals).toEqual([[callId, 'callback', { attempt: 2, externalId: 'task-1' }]]);
    expect((await api.events(`/v1/calls/${callId}/events`)).map(({ type }) => type)).toEqual(['call.accepted']);
  });

  test('is understood from any host, through any proxy and in any content type', async () => {
    for (const contentType of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml; charset=x',
      'odd',
    ]) {
      const headers = {
        ...signed('task-1'),
        'content-type': contentType,
        'x-forwarded-for': '1.2.3.4',
        origin: 'null',
      };
      expect((await post(pathOf(await accept()), undefined, headers)).status).toBe(200);
    }
    expect(signals).toHaveLength(4);
  });

  test('says nothing new when it is repeated, one after the other or at once', async () => {
    const path = pathOf(await accept());
    const answers = await Promise.all([post(path), post(path), post(path)]);
    answers.push(await post(path));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(signals).toHaveLength(1);
  });

  test('tells once whose task it is before the task has ended, and wakes the workflow when it has', async () => {
    const callId = await accept();
    const path = pathOf(callId);
    const going = { id: 'task-1', status: 'running' };
    const answers = [await post(path, going), await post(path, going), await post(path), await post(path, going)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(signals).toEqual([
      [callId, 'callback', { attempt: 1, externalId: 'task-1', isFinal: false }],
      [callId, 'callback', { attempt: 1, externalId: 'task-1' }],
    ]);
  });

  test('tells nothing new while the task goes on, where it is known whose task it is', async () => {
    const callId = await accept();
    const claim = { attempt: 1, run_id: 'run', activity_id: '1', claim_token: randomUUID(), credential_id: 'key' };
    await api.database
      .insertInto('submissions')
      .values({ call_id: callId, ...claim, outcome: 'accepted', external_id: 'task-1' })
      .execute();
    const answer = await post(pathOf(callId), { id: 'task-1', status: 'running' });

    expect([answer.status, signals]).toEqual([200, []]);
  });

  test('changes nothing of a call that has ended', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing, completed]);
    const answer = await post(pathOf(callId));

    expect([answer.status, await answer.json(), signals]).toEqual([200, { code: 200, msg: 'success' }, []]);
  });

  test('is kept once where Temporal is away, and answered as ever', async () => {
    const callId = await accept();
    engineIsUp = false;
    const answers = [await post(pathOf(callId)), await post(pathOf(callId))];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const kept = await api.database.selectFrom('kept_callbacks').select(['call_id', 'signal']).execute();
    expect(kept).toEqual([{ call_id: callId, signal: { attempt: 1, externalId: 'task-1' } }]);
  });

  test('is refused while Temporal is away and it cannot be kept, so that it comes again', async () => {
    const callId = await accept();
    engineIsUp = false;
    await api.pool.query('alter table kept_callbacks rename to not_there');
    const refused = await post(pathOf(callId));
    await api.pool.query('alter table not_there rename to kept_callbacks');
    const repeated = await post(pathOf(callId));

    expect([refused.status, repeated.status]).toEqual([500, 200]);
    expect(await api.database.selectFrom('kept_callbacks').select('call_id').execute()).toContainEqual({
      call_id: callId,
    });
  });
});

describe('a callback is refused', () => {
  const bad: [name: string, send: (callId: string) => Promise<Response>, status: number][] = [
    ['with a token signed by another secret', (id) => post(pathOf(id, { secret: 'another-secret-of-16' })), 404],
    ['with a token of another integration', (id) => post(pathOf(id).replace('calling-back', 'nanobanana2')), 404],
    ['with the token of a disabled integration', (id) => post(pathOf(id, { integration: 'nanobanana2' })), 404],
    ['with a token of another attempt', (id) => post(pathOf(id).replace('.1.', '.2.')), 404],
    ['with half a token', (id) => post(pathOf(id).slice(0, -4)), 404],
    ['without a token', () => post('/callbacks/calling-back/'), 404],
    ['for a call that does not exist', () => post(pathOf(unknownCall)), 404],
    ['without a signature', (id) => post(pathOf(id), undefined, {}), 401],
    ['with a wrong signature', (id) => post(pathOf(id), undefined, signed('task-2')), 401],
    ['when it is too old', (id) => post(pathOf(id), undefined, signed('task-1', seconds(-301))), 401],
    ['when it is not JSON', (id) => post(pathOf(id), '<done/>'), 400],
    ['when it is empty', (id) => post(pathOf(id), ''), 400],
    ['when it is something else', (id) => post(pathOf(id), ['done']), 400],
    ['when it is larger than 256 KB', (id) => post(pathOf(id), { id: 'x'.repeat(256 * 1024), status: 'done' }), 413],
    ['by another method', (id) => fetch(`${api.url}${pathOf(id)}`, { method: 'PUT' }), 404],
  ];

  test.each(bad)('%s, and changes nothing', async (_name, send, status) => {
    const callId = await accept();
    const answer = await send(callId);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(signals).toEqual([]);
    expect((await api.events(`/v1/calls/${callId}/events`)).map(({ type }) => type)).toEqual(['call.accepted']);
  });
});

test('GET answers a provider that verifies the address, and nobody without a token', async () => {
  const path = pathOf(await accept());
  const right = await fetch(`${api.url}${path}`);
  const wrong = await fetch(`${api.url}${path.slice(0, -1)}!`);

  expect([right.status, await right.json(), wrong.status]).toEqual([200, { code: 200, msg: 'success' }, 404]);
});

test('the log names the call, at every level, and holds neither address, nor token, nor body, nor signature', async () => {
  const callId = await accept();
  engineIsUp = false;
  const path = pathOf(callId);
  const signature = signed('a-task-in-the-log');
  await post(path, { id: 'a-task-in-the-log', status: 'done' }, signature);
  await post(path, { id: 'a-task-in-the-log', status: 'done' }, {});
  await fetch(`${api.url}${path}x`);
  await fetch(`${api.url}${path}`, { method: 'DELETE' });
  const log = await logged();

  expect(log).toContain(callId);
  expect(log).toContain('callback with an unknown token');
  for (const secret of [
    '/callbacks/calling-back',
    path.split('/')[3],
    path.slice(-43),
    'a-task-in-the-log',
    signature['x-signature'],
  ])
    expect(log).not.toContain(secret);
});
