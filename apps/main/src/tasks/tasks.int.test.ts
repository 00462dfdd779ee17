import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AsyncTask, asyncTaskSchema, type Problem } from '@darkroom/contract';
import { AsyncTaskComponent } from '@darkroom/integration-sdk/tasks';
import { connectClient } from '@darkroom/platform-temporal';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { RequestOptions } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { absent, done, tiny, tinyTasks } from '../../test/tiny-tasks.ts';
import { until } from '../../test/until.ts';
import { connectTasks } from './declared-tasks.ts';

const api = setUpPublicApi(
  async ({ temporal: { address, namespace } }) => ({
    tasks: await connectTasks({ definitions: [tiny, absent], enabled: [tiny], temporal: { address, namespace } }),
  }),
  { wanted: { postgres: 'shared', temporal: 'shared' } },
);

beforeAll(async () => {
  // Tasks fail on purpose, which would be logged.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const { address, namespace } = api.middleware.temporal;
  const worker = new AsyncTaskComponent({ temporalAddress: address, namespace });
  worker.registerAll(tinyTasks);
  await worker.start();
  api.endLater(() => worker.stop());
});

beforeEach(() => {
  done.written.length = 0;
});

/** Asks again where Temporal took its time, as the answer says. */
const ask = <Body>(path: string, options: RequestOptions = {}) =>
  until(
    () => api.request<Body>(`/v1/tasks/${path}`, options),
    ({ status }) => status !== 503,
  );
const submit = (name: string, body: unknown, options: RequestOptions = {}) =>
  ask<AsyncTask>(name, { method: 'POST', body, ...options });
const refused = (path: string, options: RequestOptions) => ask<Problem>(path, options);
const read = async (path: string) => (await ask<AsyncTask>(path)).body;
const untilIs = (path: string, status: AsyncTask['status']) =>
  until(
    () => read(path),
    (task) => task.status === status,
  );

describe('a task over HTTP', () => {
  test('is submitted, run by a worker, and completed with its result', async () => {
    const submitted = await submit('tiny_report', { params: { topic: ' tides ' } });
    expect(submitted.status).toBe(202);
    const { taskId, urls } = asyncTaskSchema.strict().parse(submitted.body);
    expect(submitted.headers.get('location')).toBe(urls.self);
    expect(urls.self).toBe(`${api.url}/v1/tasks/tiny_report/${taskId}`);

    const completed = await untilIs(`tiny_report/${taskId}`, 'completed');
    expect(asyncTaskSchema.strict().parse(completed)).toMatchObject({
      taskId,
      name: 'tiny_report',
      result: { printed: 'TIDES TIDES' },
      completedSteps: ['write', 'print'],
      completedAt: expect.any(String),
    });
    expect(done.written).toEqual(['tides']);
  });

  test('starts once for its taskId: repeated, also at once and with other params, it answers the first one', async () => {
    const bodies = ['first', 'first', 'other'].map((topic) => ({ taskId: 'once', params: { topic } }));
    const [first, ...others] = bodies;
    expect((await submit('tiny_report', first)).body).toMatchObject({ taskId: 'once' });
    const answers = await Promise.all(others.map((body) => submit('tiny_report', body)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await untilIs('tiny_report/once', 'completed');
    expect((await submit('tiny_report', first)).body).toMatchObject({
      status: 'completed',
      result: { printed: 'FIRST FIRST' },
    });
    expect(done.written).toEqual(['first']);
  });

  test('is answered for its taskId although its params would be refused by now', async () => {
    await submit('tiny_report', { taskId: 'old', params: { topic: 'first' } });
    const completed = await untilIs('tiny_report/old', 'completed');
    const large = { topic: 'x'.repeat(256 * 1024) };
    for (const params of [{ topic: 7, colour: 'red' }, undefined, large]) {
      expect(await submit('tiny_report', { taskId: 'old', params })).toMatchObject({ status: 202, body: completed });
    }
    const asOther = { method: 'POST', body: { taskId: 'old', params: {} } };
    for (const [name, account] of [
      ['tiny_report', 'beta'],
      ['tiny_later', 'alpha'],
    ] as const) {
      expect(await refused(name, { ...asOther, account })).toMatchObject({
        status: 422,
        body: { code: 'invalid_request' },
      });
    }
    expect(done.written).toEqual(['first']);
  });

  test('is its account’s own: another one has none of this id, and may use it for itself', async () => {
    await submit('tiny_report', { taskId: 'own', params: { topic: 'mine' } });
    const mine = await untilIs('tiny_report/own', 'completed');
    const asBeta = { account: 'beta' } as const;
    for (const [path, method] of [
      ['tiny_report/own', 'GET'],
      ['tiny_report/own/cancel', 'POST'],
    ] as const) {
      expect(await refused(path, { ...asBeta, method })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    await submit('tiny_report', { taskId: 'own', params: { topic: 'theirs' } }, asBeta);
    await until(
      () => done.written.length,
      (count) => count === 2,
    );
    expect(await read('tiny_report/own')).toEqual(mine);
    const temporal = connectClient({ ...api.middleware.temporal, identity: 'test' });
    api.endLater(() => temporal.close());
    const { raw } = await temporal.client.workflow.getHandle('alpha.own').describe();
    expect(raw.workflowExecutionInfo?.priority?.fairnessKey).toBe('alpha');
  });

  test('is pending while no worker is alive', async () => {
    const { body } = await submit('tiny_later', { params: { text: 'later' } });
    expect(body.status).toBe('pending');
    const { taskId, createdAt } = await read(`tiny_later/${body.taskId}`);
    expect({ taskId, createdAt }).toEqual({ taskId: body.taskId, createdAt: body.createdAt });
  });

  test('ends as failed with the code `cancelled` where it is cancelled, and one that has ended stays', async () => {
    await submit('tiny_wait', { taskId: 'to-cancel', params: {} });
    await untilIs('tiny_wait/to-cancel', 'processing');
    const cancel = () => ask<AsyncTask>('tiny_wait/to-cancel/cancel', { method: 'POST' });
    expect((await cancel()).status).toBe(202);
    const ended = await untilIs('tiny_wait/to-cancel', 'failed');
    expect(ended.error).toEqual({ code: 'cancelled', message: 'The task was cancelled.' });
    // Twice, where the worker was silent for so long that the step was begun again.
    await until(
      () => done.aborted,
      (count) => count > 0,
    );
    expect(await cancel()).toMatchObject({ status: 202, body: ended });
  });

  test('says why it failed', async () => {
    await submit('tiny_fail', { taskId: 'to-fail', params: {} });
    expect(await untilIs('tiny_fail/to-fail', 'failed')).toMatchObject({
      error: { code: 'task_failed', message: 'no ink' },
    });
  });
});

describe('a task that is refused starts nothing', () => {
  test.each<[string, unknown, string[]]>([
    ['without params', {}, ['/params']],
    ['whose params are of another kind', { params: 'tides' }, ['/params']],
    [
      'with wrong params, each with its path',
      { params: { pages: 'two', ink: 1 } },
      ['/params/topic', '/params/pages', '/params/ink'],
    ],
    ['with text that cannot be stored', { params: { topic: '\0' } }, ['/params/topic']],
    ['with an unknown field', { params: { topic: 'tides' }, webhook: {} }, ['/webhook']],
    ['whose body is a list', [], ['']],
    ['with an id that no address holds', { params: {}, taskId: 'a/b' }, ['/taskId', '/params/topic']],
  ])('%s', async (_name, body, paths) => {
    const refusal = await refused('tiny_report', { method: 'POST', body });
    expect(refusal).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(refusal.body.errors?.map(({ path }) => path).sort()).toEqual([...paths].sort());
    expect(done.written).toEqual([]);
  });

  test('with params that are too large', async () => {
    const body = { taskId: 'large', params: { text: 'x'.repeat(256 * 1024) } };
    expect(await refused('tiny_later', { method: 'POST', body })).toMatchObject({
      status: 413,
      body: { code: 'too_large', errors: [{ path: '/params' }] },
    });
    expect((await refused('tiny_later/large', {})).status).toBe(404);
  });

  test('with params of which the schema makes no JSON, with the place', async () => {
    const body = { params: { at: '2026-01-31T12:00:00Z' } };
    expect(await refused('tiny_appointment', { method: 'POST', body })).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_request',
        detail: expect.stringContaining('is no JSON'),
        errors: [{ path: '/params', message: expect.stringContaining('its at is a Date') }],
      },
    });
  });

  test('under the id of another task', async () => {
    await submit('tiny_later', { taskId: 'shared', params: { text: 'first' } });
    const body = { taskId: 'shared', params: { topic: 'second' } };
    expect(await refused('tiny_report', { method: 'POST', body })).toMatchObject({
      status: 422,
      body: { code: 'task_id_reused', errors: [{ path: '/taskId' }] },
    });
  });

  test('under a name that no task has, with the names that there are, or of a disabled integration', async () => {
    for (const [path, method] of [
      ['tiny_song', 'POST'],
      ['tiny_song/one', 'GET'],
      ['tiny_song/one/cancel', 'POST'],
    ] as const) {
      const { status, body } = await refused(path, { method, ...(path === 'tiny_song' && { body: { params: {} } }) });
      expect([status, body.code]).toEqual([404, 'unknown_task']);
      expect(body.detail).toContain('tiny_report, tiny_wait, tiny_fail, tiny_appointment, tiny_later');
    }
    expect(await refused('absent_task', { method: 'POST', body: { params: {} } })).toMatchObject({
      status: 422,
      body: { code: 'integration_disabled', detail: expect.stringContaining('add that to ENABLED_INTEGRATIONS') },
    });
  });

  test('with an Idempotency-Key, or by nobody', async () => {
    const body = { params: { topic: 'tides' } };
    const asked = { method: 'POST', body };
    expect(await refused('tiny_report', { ...asked, headers: { 'idempotency-key': 'one' } })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('Send `taskId`') },
    });
    expect((await refused('tiny_report', { ...asked, headers: { authorization: 'Bearer wrong-key' } })).status).toBe(
      401,
    );
    expect(done.written).toEqual([]);
  });

  test('and ids that are none are unknown', async () => {
    for (const id of ['a%2Fb', '%00', '.hidden', 'x'.repeat(101), 'never-submitted']) {
      expect(await refused(`tiny_report/${id}`, {})).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });
});
