import { describe, expect, test } from '@jest/globals';
import type { Call } from '@darkroom/contract';
import { inTurn } from '../../test/in-turn.ts';
import { courseOf } from '../../test/public-api.ts';
import { image, setUpRequests, video } from '../../test/set-up-requests.ts';

const { api, ask, listed, noted } = setUpRequests();

describe('a requestId', () => {
  test("is the caller's own, and is shown and found, and so is the userId", async () => {
    const first = await ask({ ...image, requestId: 'order-7/1', userId: 'ada' });
    const second = await ask({ ...image, requestId: 'order-7/2', userId: 'ada' });

    expect(first.body.request).toMatchObject({ requestId: 'order-7/1', userId: 'ada' });
    expect(await listed('requestId=order-7/1')).toEqual([first.body]);
    expect(await listed('userId=ada')).toEqual([second.body, first.body]);
    expect(await listed('userId=ada', { account: 'beta' })).toEqual([]);
  });

  test('that is repeated answers the first call, whatever has become of it and whatever is asked for now', async () => {
    const first = await ask({ ...image, requestId: 'repeated' });
    await api.change(first.body.id, [courseOf(first.body.id).processing, courseOf(first.body.id).completed]);
    const [calls, wakesBefore] = [await api.countRows('calls'), noted.wakes];
    const repeats = [
      await ask({ ...image, requestId: 'repeated' }),
      await ask({ ...video, requestId: 'repeated' }),
      // Refused, were it a new one.
      await ask({ ...image, requestId: 'repeated', provider: 'example' }),
      await ask({ ...image, requestId: 'repeated' }, { headers: { 'idempotency-key': 'of the repeat' } }),
    ];

    expect(repeats.map(({ status, body }) => [status, body.id, body.status])).toEqual(
      repeats.map(() => [202, first.body.id, 'completed']),
    );
    expect([await api.countRows('calls'), noted.wakes]).toEqual([calls, wakesBefore]);
    expect(await keys('of the repeat')).toBe(0);
  });

  test('of another account means nothing', async () => {
    const [mine, theirs] = [
      await ask({ ...image, requestId: 'ours' }),
      await ask({ ...image, requestId: 'ours' }, { account: 'beta' }),
    ];

    expect(theirs.status).toBe(202);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('makes one call of 50 equal requests at once', async () => {
    const [calls, keysBefore] = [await api.countRows('calls'), await api.countRows('idempotency_keys')];
    const askInTurn = () => inTurn(() => ask({ ...image, requestId: 'fifty' }));
    const answers = await Promise.all(Array.from({ length: 50 }, askInTurn));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await api.countRows('calls')).toBe(calls + 1);
    expect(await api.countRows('idempotency_keys')).toBe(keysBefore);
  });

  test('that is still being accepted answers 409 with Retry-After after two seconds', async () => {
    const impatient = await api.startImpatient();
    api.endLater(() => impatient.close());
    const refusal = await api.inSession(async (other) => {
      await other.query('begin');
      await other.query(
        `insert into calls (id, account_id, integration, operation, input, metadata, limits, simulated, request_id)
         values ('call_held', 'alpha', 'x', 'y', '{}', '{}', '{}', true, 'held')`,
      );
      return impatient.refused({ path: '/v1/requests', body: { ...image, requestId: 'held' } });
    });

    expect(refusal).toMatchObject({ status: 409, body: { code: 'request_id_in_progress', retryable: true } });
    expect(refusal.headers.get('retry-after')).toBe('1');
    expect((await ask({ ...image, requestId: 'held' })).status).toBe(202);
  });

  test('stays with the first call when it is retried; its user and its request come along', async () => {
    const first = await ask({ ...video, requestId: 'tried again', userId: 'ada' });
    await api.change(first.body.id, [{ type: 'call.cancelled', data: { billing: 'not_charged' } }]);
    const retry = await api.request<Call>(`/v1/calls/${first.body.id}/retry`, { method: 'POST' });
    const { requestId, ...rest } = first.body.request ?? {};

    expect(requestId).toBe('tried again');
    expect(retry).toMatchObject({ status: 202, body: { retryOf: first.body.id, input: first.body.input } });
    expect(retry.body.request).toEqual(rest);
    expect(await listed('requestId=tried%20again')).toMatchObject([{ id: first.body.id }]);
  });
});

async function keys(key: string): Promise<number> {
  const rows = await api.database.selectFrom('idempotency_keys').select('key').where('key', '=', key).execute();
  return rows.length;
}
