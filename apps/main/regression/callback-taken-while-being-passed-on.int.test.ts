import { expect, test } from '@jest/globals';
import { createCallbackToken } from '@darkroom/integration-sdk/signed-links';
import { testCallbackSecret } from '../test/public-api.ts';
import { setUpCallingBack } from '../test/set-up-calling-back.ts';
import { until } from '../test/until.ts';

// The repeat was answered 200 as soon as the first one was being passed on. Where that failed then, the provider did not call again, and
// the proof that it had been paid was lost.
let engine = Promise.withResolvers<'delivered'>();
let signals = 0;
const { api, logged } = setUpCallingBack({
  signal: () => {
    signals += 1;
    return engine.promise;
  },
});

test('a callback that is repeated while it is passed on is taken only where that succeeds, or where it is kept', async () => {
  const body = { integration: 'calling-back', operation: 'draw', input: {} };
  const { id: callId } = (await api.submit({ body })).body;
  const token = createCallbackToken(testCallbackSecret, { integration: 'calling-back', callId, attempt: 1 });
  const answers: number[] = [];
  const callBack = async () => {
    const task = JSON.stringify({ id: 'task-1', status: 'done' });
    const { status } = await fetch(`${api.url}/callbacks/calling-back/${token}`, { method: 'POST', body: task });
    answers.push(status);
  };
  const isPassedOn = (times: number) =>
    until(
      () => signals,
      (count) => count === times,
    );

  const first = callBack();
  await isPassedOn(1);
  const repeat = callBack();
  await until(logged, (log) => log.includes('callback repeated'));
  await api.pool.query('alter table kept_callbacks rename to not_there');
  engine.reject(new Error('Temporal is away'));
  await Promise.all([first, repeat]);
  await api.pool.query('alter table not_there rename to kept_callbacks');
  expect([answers, signals]).toEqual([[500, 500], 1]);

  engine = Promise.withResolvers();
  const third = callBack();
  await isPassedOn(2);
  engine.resolve('delivered');
  await Promise.all([third, callBack()]);
  expect([answers.slice(2), signals]).toEqual([[200, 200], 2]);
});
