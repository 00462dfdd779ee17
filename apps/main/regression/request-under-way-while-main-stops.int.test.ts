import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, expect, test } from '@jest/globals';
import { type InternalApi, internalAuthorization, startInternalApi } from '../test/internal-api.ts';
import { testClaim } from '../test/internal-side.ts';
import { setUpInternalSide } from '../test/set-up-internal-side.ts';
import { untilBlocked } from '../test/until-blocked.ts';
import { until } from '../test/until.ts';

// Of the API for workers only those connections were closed that were idle when the stop began. One whose request was under way stayed until
// its keep-alive was over, 72 seconds; one whose body did not come, for ever, since a server that closes looks for slow requests no more.
const main = setUpInternalSide();
const leaving = new AbortController();
afterAll(() => leaving.abort());

const takesNoMore = (api: InternalApi) =>
  until(
    () =>
      api.ask('/metrics').then(
        () => false,
        () => true,
      ),
    Boolean,
  );

test('a request that is under way when main stops is answered, and its connection closed', async () => {
  const api = await startInternalApi(main);
  const callId = await main.accept();
  const holder = await main.pool.connect();
  await holder.query('begin');
  await holder.query('select from calls where id = $1 for update', [callId]);
  const claiming = api.claim(callId);
  await untilBlocked(main.pool, 1);

  const closing = api.close();
  await takesNoMore(api);
  await holder.query('rollback');
  holder.release();

  expect((await claiming).body).toMatchObject({ decision: 'proceed' });
  await closing;
}, 50_000);

test('a request whose body does not come does not keep main', async () => {
  const api = await startInternalApi(main);
  const callId = await main.accept();
  const body = JSON.stringify(testClaim(callId));
  const headers = {
    authorization: internalAuthorization,
    'content-type': 'application/json',
    'content-length': body.length,
    // How it is known that the request has come as far as its body.
    expect: '100-continue',
  };
  const path = `/internal/calls/${callId}/submissions`;
  const { signal } = leaving;
  const sending = request({ host: '127.0.0.1', port: api.port, path, method: 'POST', headers, signal });
  const ended = new Promise<unknown>((resolve) => sending.on('error', resolve));
  sending.flushHeaders();
  await once(sending, 'continue');
  sending.write(body.slice(0, 10));

  await api.close();
  expect(await ended).toMatchObject({ code: 'ECONNRESET' });
}, 50_000);
