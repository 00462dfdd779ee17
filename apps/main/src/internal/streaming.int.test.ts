import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountNewsSchema, createId, headsSchema, logPageSchema, type Problem } from '@darkroom/contract';
import { expectNoLeakedProcesses, startTestMiddleware, type TestMiddleware } from '@darkroom/testing';
import { startInternalApi, type InternalApi } from '../../test/internal-api.ts';
import { completed, openInternalSide, testArtifact, testKey, type InternalSide } from '../../test/internal-side.ts';
import { presentEvent } from '../events/present-event.ts';

let middleware: TestMiddleware;
let main: InternalSide;
let api: InternalApi;

beforeAll(async () => {
  middleware = await startTestMiddleware({ postgres: true });
  main = await openInternalSide(await middleware.postgres.createDatabase());
  api = await startInternalApi(main);
});
afterAll(async () => {
  await api.close();
  await main.close();
  await middleware.stop();
  await expectNoLeakedProcesses();
});

const read = async (query: string) => {
  const response = await api.ask(`/internal/events?${query}`);
  return { status: response.status, text: await response.text() };
};
const pageOf = async (query: string) => logPageSchema.parse(JSON.parse((await read(query)).text));
const sequencesOf = async (query: string) => (await pageOf(query)).items.map(({ sequence }) => sequence);
const logOf = (accountId: string) =>
  main.database.selectFrom('events').selectAll().where('account_id', '=', accountId).orderBy('sequence').execute();

describe('the log for communication', () => {
  test('is what every channel shows, to the letter, with how far it goes', async () => {
    const callId = await main.accept();
    await main.claim(callId);
    await main.report(callId, [{ type: 'call.submitted', data: { attempt: 1 } }, completed(testArtifact(callId))]);
    const rows = await logOf('default');
    const { status, text } = await read('accountId=default');

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ head: rows.length, removedThrough: 0 });
    for (const row of rows) expect(text).toContain(JSON.stringify(presentEvent(row, 'http://main.test')));
    expect(text).toContain('"url":"http://main.test/v1/artifacts/');
  });

  test('is read in pages, each from one snapshot', async () => {
    const { head } = await pageOf('accountId=default');
    expect(await sequencesOf('accountId=default&after=1&limit=2')).toEqual([2, 3]);
    expect(await pageOf(`accountId=default&after=${head}`)).toEqual({ items: [], head, removedThrough: 0 });
    expect(await pageOf(`accountId=default&after=${head + 100}`)).toEqual({ items: [], head, removedThrough: 0 });
  });

  test('of a call or a batch has that one’s events only, and the head of its account', async () => {
    const [one, other] = [await main.accept(), await main.accept()];
    await main.claim(one);
    await main.claim(other);
    const rows = await logOf('default');
    const ofOne = rows.filter(({ call_id }) => call_id === one).map(({ sequence }) => sequence);
    const page = await pageOf(`accountId=default&callId=${one}`);

    expect(page.items.map(({ sequence }) => sequence)).toEqual(ofOne);
    expect([ofOne.length > 1, page.head]).toEqual([true, rows.length]);
    expect(await sequencesOf(`accountId=default&callId=${one}&after=${ofOne[0]}&limit=1`)).toEqual([ofOne[1]]);
    expect(await sequencesOf(`accountId=default&batchId=${createId('bat')}`)).toEqual([]);
    expect((await pageOf(`accountId=other&callId=${one}`)).items).toEqual([]);
  });

  test('says up to where its events were removed', async () => {
    const callId = await main.accept({ accountId: 'other' });
    await main.claim(callId);
    await main.database.deleteFrom('events').where('account_id', '=', 'other').where('sequence', '=', 1).execute();
    await main.database.updateTable('accounts').set({ events_removed_through: 1 }).where('id', '=', 'other').execute();
    const page = await pageOf('accountId=other');

    expect([page.items[0]?.sequence, page.removedThrough]).toEqual([2, 1]);
  });

  test('is empty for an account that is not known, and refuses what cannot be', async () => {
    expect(await pageOf('accountId=nobody')).toEqual({ items: [], head: 0, removedThrough: 0 });
    const both = `accountId=default&callId=${createId('call')}&batchId=${createId('bat')}`;
    for (const query of [
      '',
      'accountId=',
      'accountId=default&after=-1',
      'accountId=default&limit=1001',
      both,
      'accountId=default&callId=x',
      'accountId=default&more=1',
    ]) {
      const { status, text } = await read(query);
      expect([query, status, (JSON.parse(text) as Problem).code]).toEqual([query, 422, 'invalid_request']);
    }
  });
});

describe('heads', () => {
  const ask = async (json: unknown) => {
    const response = await api.ask('/internal/heads', { method: 'POST', json });
    return { status: response.status, body: await response.json() };
  };

  test('tell how far the logs of many accounts go, and which sessions are over', async () => {
    const { value } = await main.sessions.create(testKey.accountId, testKey.key);
    const open = (await main.sessions.find(value))?.id ?? '';
    const withOldKey = await main.sessions.create(testKey.accountId, 'a-key-that-was-removed');
    const { rows } = await main.pool.query<{ id: string }>('select id from sessions where id <> $1', [open]);
    const [ofOldKey] = rows.map(({ id }) => id);
    const unknown = createId('ses');
    const { body } = await ask({ accountIds: ['default', 'other', 'nobody'], sessionIds: [open, ofOldKey, unknown] });
    const { heads, endedSessionIds } = headsSchema.strict().parse(body);

    expect(heads).toEqual({ default: (await logOf('default')).length, other: (await logOf('other')).length + 1 });
    expect(endedSessionIds).toEqual([ofOldKey, unknown]);
    expect(await main.sessions.find(withOldKey.value)).toBeUndefined();
    await main.sessions.end(value);
    expect((await ask({ accountIds: [], sessionIds: [open] })).body).toEqual({ heads: {}, endedSessionIds: [open] });
  });

  test('of 5000 accounts and sessions are told at once, and not of more', async () => {
    const accountIds = Array.from({ length: 5000 }, (_, index) => `account-${index}-`.padEnd(64, 'x'));
    const sessionIds = Array.from({ length: 5000 }, () => createId('ses'));
    const all = await ask({ accountIds, sessionIds });

    expect([all.status, all.body]).toEqual([200, { heads: {}, endedSessionIds: sessionIds }]);
    expect((await ask({ accountIds: [...accountIds, 'more'] })).status).toBe(422);
    expect((await ask({ accountIds: [], sessionIds: ['x'] })).status).toBe(422);
  });
});

describe('news', () => {
  async function listen() {
    const response = await api.ask('/internal/news');
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    let text = '';
    const next = async () => {
      while (!/\S.*\n/.test(text)) {
        const { value, done } = await reader.read();
        if (done) return undefined;
        text += Buffer.from(value).toString();
      }
      const [line = '', ...others] = text.trimStart().split('\n');
      text = others.join('\n');
      return accountNewsSchema.parse(JSON.parse(line));
    };
    await reader.read();
    return { response, next, leave: () => reader.cancel() };
  }

  test('come as soon as something was committed, by this process or another', async () => {
    const { response, next, leave } = await listen();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    await main.accept();
    expect(await next()).toEqual({ accountId: 'default', lastSequence: (await logOf('default')).length });
    main.eventBus.heard('other', 77);
    expect(await next()).toEqual({ accountId: 'other', lastSequence: 77 });
    await leave();
  });

  test('end when main stops, at once', async () => {
    const { next } = await listen();
    await api.close();
    expect(await next()).toBeUndefined();
    api = await startInternalApi(main);
    // A connection that is kept would hold up the stop for longer.
  }, 50_000);
});

test('communication is let in with the internal token only', async () => {
  for (const path of ['/internal/events?accountId=default', '/internal/news'])
    expect((await api.ask(path, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  const heads = await api.ask('/internal/heads', {
    method: 'POST',
    json: { accountIds: [] },
    headers: { authorization: '' },
  });
  expect(heads.status).toBe(401);
});
