import { describe, expect, test } from '@jest/globals';
import type { CallEvent } from '@darkroom/contract';
import { following } from '../../test/following.ts';
import { courseOf } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';
import { untilBlocked } from '../../test/until-blocked.ts';

const api = setUpPublicApi();
const { follow, has, accept, lastSequence } = following(api);

interface LogPage {
  items: CallEvent[];
  nextCursor: string | null;
}

describe('a log as pages', () => {
  test('gives every event once, from `after` on', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing]);
    await api.change(callId, [completed]);
    const all = await api.events('/v1/events?limit=1000');
    const paged: CallEvent[] = [];
    let cursor: string | null = '0';
    while (cursor !== null) {
      const page: LogPage = (await api.request<LogPage>(`/v1/events?limit=2&cursor=${cursor}`)).body;
      paged.push(...page.items);
      cursor = page.nextCursor;
    }

    expect(paged).toEqual(all);
    const own = await api.events(`/v1/calls/${callId}/events`);
    expect(own.map(({ type, callSequence }) => [type, callSequence])).toEqual([
      ['call.accepted', 1],
      ['call.processing', 2],
      ['call.completed', 3],
    ]);
    expect(await api.events(`/v1/calls/${callId}/events?after=${own[1]?.sequence}`)).toEqual([own[2]]);
  });
});

describe('a log as a stream', () => {
  test('gives what was and what comes, with the sequence as id', async () => {
    const before = await lastSequence();
    const callId = await accept();
    const follower = await follow(`/v1/events?after=${before}`);
    const { processing, completed } = courseOf(callId);
    await has(follower, 1);
    await api.change(callId, [processing, completed]);
    await has(follower, 3);

    expect(follower.headers.get('content-type')).toContain('text/event-stream');
    expect(follower.ids).toEqual([before + 1, before + 2, before + 3]);
    expect(follower.events).toEqual(await api.events(`/v1/events?after=${before}`));
  });

  test("of a call gives that call's events only", async () => {
    const [callId, otherId] = [await accept(), await accept()];
    const follower = await follow(`/v1/calls/${callId}/events`);
    await api.change(otherId, [courseOf(otherId).processing]);
    await api.change(callId, [courseOf(callId).processing]);
    await has(follower, 2);

    expect(follower.events.map((event) => [event.callId, event.callSequence])).toEqual([
      [callId, 1],
      [callId, 2],
    ]);
  });

  test('[P4] goes on after Last-Event-ID, so that a client that connects again misses nothing and sees nothing twice', async () => {
    const before = await lastSequence();
    const seen: number[] = [];
    let left = false;
    const writing = (async () => {
      for (let index = 0; index < 120; index += 1) await accept();
      left = true;
    })();
    while (!left || seen.length < 120) {
      const follower = await follow('/v1/events', { 'last-event-id': String(seen.at(-1) ?? before) });
      await has(follower, Math.min(7, 120 - seen.length));
      follower.leave();
      await follower.ended;
      seen.push(...follower.ids);
    }
    await writing;

    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => before + 1 + index));
  });

  test('misses nothing where a transaction stays open between taking its numbers and its commit', async () => {
    const accepted = [await accept(), await accept()];
    const before = await lastSequence();
    const follower = await follow(`/v1/events?after=${before}`);
    const callId = 'call_01k3x5c5jyfvhbqm6w8r9c4r3n';
    await api.inSession(async (session) => {
      await session.query('begin');
      await session.query("update accounts set last_sequence = last_sequence + 1 where id = 'alpha'");
      await session.query(
        `insert into events (account_id, sequence, call_id, call_sequence, type, status, data)
         values ('alpha', $1, $2, 1, 'call.accepted', 'pending', '{}')`,
        [before + 1, callId],
      );
      // An acceptance would not wait for as long.
      const later = accepted.map((id) => api.change(id, [courseOf(id).processing]));
      await untilBlocked(api.pool, 2);
      expect(await api.events(`/v1/events?after=${before}`)).toEqual([]);
      await session.query('commit');
      await Promise.all(later);
    });
    await has(follower, 3);

    expect(follower.ids).toEqual([before + 1, before + 2, before + 3]);
    expect(follower.events[0]?.callId).toBe(callId);
  });
});

test('a stop of the process ends every stream and every wait', async () => {
  const own = await api.startAnother();
  const { body } = await own.submit();
  const follower = await follow(`/v1/calls/${body.id}/events`, { from: own });
  await has(follower, 1);
  const theirs = await own.submit({ account: 'beta' });
  const waiting = own.request(`/v1/calls/${theirs.body.id}?wait=60`, { account: 'beta' });
  await until(own.countSubscriptions, (count) => count === 2);
  // By themselves they would go on for longer than this test may.
  await Promise.all([own.close(), follower.ended, waiting]);
}, 50_000);
