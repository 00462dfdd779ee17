import { expect, test } from '@jest/globals';
import { cancelling } from '../../test/cancelling.ts';
import { setUpBesideTemporal } from '../../test/set-up-beside-temporal.ts';
import { until } from '../../test/until.ts';
import { startCallbackForwarder } from './callback-forwarder.ts';
import { keepCallback } from './kept-callbacks.queries.ts';

const main = setUpBesideTemporal();
const { startCall, signalsOf } = cancelling(main);

const forward = (engine = main.engine) => {
  const { changing, engineWatch } = main;
  const { database, logger } = changing;
  const forwarder = startCallbackForwarder({ database, engine, engineWatch, logger, sweepMilliseconds: 50 });
  main.endLater(() => forwarder.stop());
};
const countKept = async () => (await main.changing.database.selectFrom('kept_callbacks').select('id').execute()).length;
const nothingIsKept = () => until(countKept, (count) => count === 0);

test('a kept callback is passed on once, also where the engine refuses it at first', async () => {
  const callId = await startCall();
  await keepCallback(main.pool, callId, { attempt: 1, externalId: 'task-\0-1' });
  let failures = 2;
  // One that is answered too late may have been taken all the same, and is passed on again.
  const answers: string[] = [];
  const flaky: typeof main.engine = {
    ...main.engine,
    async signal(...told) {
      if (failures > 0) throw new Error(`away, and ${(failures -= 1)} times more`);
      const answer = await main.engine.signal(...told);
      answers.push(answer);
      return answer;
    },
  };
  forward(flaky);

  await nothingIsKept();
  expect([failures, answers, new Set(await signalsOf(callId))]).toEqual([0, ['delivered'], new Set(['callback'])]);
});

test('a kept callback for a workflow that has ended is let go', async () => {
  const callId = await startCall();
  await main.temporal.client.workflow.getHandle(callId).terminate('by hand');
  await keepCallback(main.pool, callId, { attempt: 1 });
  forward();

  await nothingIsKept();
});
