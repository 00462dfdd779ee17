import { describe, expect, test } from '@jest/globals';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { courseOf, goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { untilBlocked } from '../../test/until-blocked.ts';
import { createIntegrationCatalog } from '../integrations/integration-catalog.ts';

let wakes = 0;
const api = setUpPublicApi(() => ({ wakeDispatcher: () => void (wakes += 1) }));

const keyed = (key: string) => ({ 'idempotency-key': key });

describe('an Idempotency-Key', () => {
  test('answers the same call for the same body, whatever has become of it', async () => {
    const first = await api.submit({ headers: keyed('same') });
    const reordered = {
      input: goodBody.input,
      metadata: {},
      operation: goodBody.operation,
      integration: goodBody.integration,
    };
    const second = await api.submit({ headers: keyed('same'), body: reordered });
    const { processing, completed } = courseOf(first.body.id);
    await api.change(first.body.id, [processing, completed]);
    const third = await api.submit({ headers: keyed('same') });

    expect([second.status, third.status]).toEqual([202, 202]);
    expect([second.body.id, third.body.id]).toEqual([first.body.id, first.body.id]);
    expect(third.body.status).toBe('completed');
  });

  test('refuses another body with 422', async () => {
    await api.submit({ headers: keyed('other') });
    const callsBefore = await api.countRows('calls');
    const refusal = await api.refused({ headers: keyed('other'), body: { ...goodBody, input: { prompt: 'another' } } });

    expect(refusal).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await api.countRows('calls')).toBe(callsBefore);
  });

  test('answers its call although a new one like it would be refused by now', async () => {
    const body = goodBody;
    const first = await api.submit({ headers: keyed('before the change'), body });
    const changed = await api.startAnother({
      catalog: createIntegrationCatalog({ definitions: [nanobanana2], enabled: [], overrules: {} }),
    });
    try {
      const repeat = await changed.submit({ headers: keyed('before the change'), body });
      const another = { ...goodBody, input: { prompt: 'another' } };
      const refusals = await Promise.all([
        changed.refused({ body }),
        changed.refused({ headers: keyed('after the change'), body }),
        changed.refused({ headers: keyed('before the change'), body: another }),
        changed.refused({ headers: keyed('before the change'), body, account: 'beta' }),
      ]);

      expect([repeat.status, repeat.body.id]).toEqual([202, first.body.id]);
      expect(refusals.map((refusal) => refusal.body.code)).toEqual(refusals.map(() => 'integration_disabled'));
    } finally {
      await changed.close();
    }
  });

  test("means nothing to another account's", async () => {
    const [mine, theirs] = [
      await api.submit({ headers: keyed('ours') }),
      await api.submit({ headers: keyed('ours'), account: 'beta' }),
    ];

    expect(theirs.status).toBe(202);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('makes one call of 50 equal requests at once', async () => {
    const callsBefore = await api.countRows('calls');
    const wakesBefore = wakes;
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.submit({ headers: keyed('fifty') })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await api.countRows('calls')).toBe(callsBefore + 1);
    expect(wakes).toBe(wakesBefore + 1);
  });

  test('answers 409 with Retry-After after two seconds while the first is still being accepted', async () => {
    const impatient = await api.startImpatient();
    api.endLater(() => impatient.close());
    const { refusal, waitedMs } = await api.inSession(async (other) => {
      await other.query('begin');
      await other.query(
        "insert into idempotency_keys (account_id, key, body_sha256, call_id) values ('alpha', 'held', '', 'x')",
      );
      const startedAt = Date.now();
      const answer = await impatient.refused({ body: goodBody, headers: keyed('held') });
      return { refusal: answer, waitedMs: Date.now() - startedAt };
    });

    expect(refusal).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_progress', retryable: true } });
    expect(refusal.headers.get('retry-after')).toBe('1');
    expect(waitedMs).toBeGreaterThan(1_900);
    expect((await api.submit({ headers: keyed('held') })).status).toBe(202);
  });

  test('waits for the first and answers its call where that is accepted in time', async () => {
    const first = await api.submit({ headers: keyed('first') });
    const second = await api.inSession(async (other) => {
      await other.query('begin');
      await other.query(
        `insert into idempotency_keys (account_id, key, body_sha256, call_id)
         select account_id, 'slow', body_sha256, call_id from idempotency_keys where key = 'first'`,
      );
      const waiting = api.submit({ headers: keyed('slow') });
      await untilBlocked(api.pool, 1);
      await other.query('commit');
      return waiting;
    });

    expect(second.body.id).toBe(first.body.id);
  });
});
