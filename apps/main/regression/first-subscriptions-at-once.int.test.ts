import { expect, test } from '@jest/globals';
import { acceptBatch } from '../src/batches/accept-batch.ts';
import type { SubmittedRequest } from '../src/calls/read-submission.ts';
import type { NewSubscription } from '../src/notifications/read-subscriptions.ts';
import { batchOf } from '../test/batch-bodies.ts';
import { hook, notifyingSide } from '../test/notifying-side.ts';
import { setUpInternalSide } from '../test/set-up-internal-side.ts';
import { untilBlocked } from '../test/until-blocked.ts';

// A batch took the cursor of the account's log with its first statement and the account's counter with its last, a call the other way
// round: the first subscriptions that an account ever made could end in a deadlock, or in waiting that was too long.
const main = setUpInternalSide({ per: 'test' });
const side = notifyingSide(main, { retrySeconds: [5], giveUpSeconds: 60 });
const acceptances = [hook(['batch.accepted', 'call.accepted'])];
const none: NewSubscription[] = [];

test.each([
  ['of its own', { ofBatch: acceptances, ofCalls: none }],
  ['of its calls', { ofBatch: none, ofCalls: acceptances }],
])(
  "a batch with subscriptions %s keeps no subscribed call waiting, where both are the account's first",
  async (_whose, { ofBatch, ofCalls }) => {
    // More than one statement's calls: the last of them waits, and all that is before it is done.
    const { asked, submissions } = batchOf({ calls: 501 });
    const named: SubmittedRequest = {
      requestId: 'taken',
      fulfilment: { type: 'image', notHonoured: [], honouredAs: [] },
    };
    const calls = submissions.map((submission, index) => ({
      ...submission,
      subscriptions: ofCalls,
      ...(index === 500 && { madeOf: named }),
    }));
    const earlier = await main.accept();
    const session = await main.pool.connect();
    try {
      await session.query('begin');
      await session.query("update calls set request_id = 'taken' where id = $1", [earlier]);
      const accepting = { ...main.changing, simulated: true, wakeBatchStarter: () => undefined };
      const batch = acceptBatch(accepting, 'default', { asked, submissions: calls, subscriptions: ofBatch });
      // Where it fails, that is told after the session has let go.
      batch.catch(() => undefined);
      await untilBlocked(main.pool, 1);
      const callId = await side.accept(acceptances);
      await session.query('rollback');
      await batch;

      await side.notify();
      expect(await side.typesOf(callId)).toEqual(['call.accepted']);
      const [first] = (await side.notifications()).filter(({ call_id }) => call_id !== callId);
      expect(first?.event_type).toBe(ofBatch.length > 0 ? 'batch.accepted' : 'call.accepted');
    } finally {
      await session.query('rollback');
      session.release();
    }
  },
);
