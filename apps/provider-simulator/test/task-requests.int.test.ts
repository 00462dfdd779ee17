import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';
import { arkVideo, cancel, exampleTasks, list, look, lookUntil, query, submitted } from './task-client.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;
let prompts = 0;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

type On = 'poll' | 'list' | 'cancel' | 'download';
interface SeenPlan {
  readonly on: On;
  readonly fault?: { readonly kind: string };
  readonly seen: number;
}

describe.each([exampleTasks, arkVideo])('$name', (client) => {
  const session = () => ({ client, origin: simulator.origin });

  /** A task that takes long, with a fault for requests about it. */
  async function taskWith(on: On, fault: object | string, more: object = {}): Promise<string> {
    prompts += 1;
    const match = `prompt number ${prompts};`;
    await simulator.plan({ match, taskMs: on === 'download' ? 50 : 3_600_000 });
    await simulator.plan({ match, on, fault, ...more });
    return submitted(session(), match);
  }

  /** Whether a request was met by the latest plan of such a fault. */
  async function isTaken(on: On, kind: string): Promise<boolean> {
    const { items } = (await (await fetch(`${simulator.origin}/control/plans`)).json()) as { items: SeenPlan[] };
    return (items.findLast((plan) => plan.on === on && plan.fault?.kind === kind)?.seen ?? 0) > 0;
  }

  const ask = (on: On, id: string) => {
    if (on === 'poll') return query(session(), id);
    return on === 'list' ? list(session()) : cancel(session(), id);
  };

  describe.each(['poll', 'list', 'cancel'] as const)('a %s', (on) => {
    test.each([
      ['unauthorized', 401, 'error'],
      [{ kind: 'rate_limited', retryAfterSeconds: 2 }, 429, 'error'],
      ['internal_error', 500, 'error'],
      ['internal_error_with_key', 500, 'key-of-a-test'],
      ['unavailable_html', 503, '<html>'],
      ['empty_502', 502, ''],
      ['empty_504', 504, ''],
    ])('plays %j as %d once, and then answers', async (fault, status, text) => {
      const id = await taskWith(on, fault, { times: 1 });
      const response = await ask(on, id);
      expect(response.status).toBe(status);
      expect(response.headers.get('retry-after')).toBe(status === 429 ? '2' : null);
      expect(await response.text()).toContain(text);
      expect((await ask(on, id)).status).toBe(200);
    });

    test.each(['reset', 'reset_after_headers', 'reset_mid_answer'])('plays %s', async (fault) => {
      const id = await taskWith(on, fault, { times: 1 });
      await expect(ask(on, id).then((response) => response.text())).rejects.toThrow();
    });

    test('plays hang and slow', async () => {
      const hanging = await taskWith(on, 'hang', { times: 1 });
      const url = `${simulator.origin}${client.path}${on === 'list' ? '' : `/${hanging}`}`;
      const headers = { authorization: 'Bearer key-of-a-test' };
      const method = on === 'cancel' ? 'DELETE' : 'GET';
      const leaving = new AbortController();
      const seen: string[] = [];
      const hung = fetch(url, { method, headers, signal: leaving.signal }).then(
        () => seen.push('an answer'),
        () => seen.push('its end'),
      );
      await until(async () => (await isTaken(on, 'hang')) || undefined);
      // By the time of another answer this one would have come too.
      expect((await query(session(), hanging)).status).toBe(200);
      expect(seen).toEqual([]);
      leaving.abort();
      await hung;
      expect(seen).toEqual(['its end']);

      const slow = await taskWith(on, { kind: 'slow', latencyMs: 300 }, { times: 1 });
      const began = Date.now();
      expect((await ask(on, slow)).status).toBe(200);
      expect(Date.now() - began).toBeGreaterThanOrEqual(299);
    });

    test('plays malformed_json', async () => {
      const id = await taskWith(on, 'malformed_json', { times: 1 });
      const response = await ask(on, id);
      expect(response.status).toBe(200);
      await expect(response.json()).rejects.toThrow();
    });
  });

  test('a poll does not find a task that was just created, then it does', async () => {
    const id = await taskWith('poll', 'not_found', { times: 2 });
    const statuses = [await query(session(), id), await query(session(), id), await query(session(), id)];
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 200]);
  });

  test('a poll tells of a status that nobody knows', async () => {
    const id = await taskWith('poll', 'unknown_status', { times: 1 });
    expect(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired']).not.toContain(
      (await look(session(), id)).status,
    );
    expect(await look(session(), id)).toMatchObject({ status: 'queued' });
  });

  test('a list is empty although there is a task', async () => {
    const id = await taskWith('list', 'list_empty', { times: 1 });
    const idsOf = async () => client.listOf(await (await list(session())).json()).map((task) => task.id);
    expect(await idsOf()).toEqual([]);
    expect(await idsOf()).toContain(id);
  });

  test('a cancel is a conflict although the task is queued, which it stays', async () => {
    const id = await taskWith('cancel', 'cancel_conflict');
    expect((await cancel(session(), id)).status).toBe(409);
    expect(await look(session(), id)).toMatchObject({ status: 'queued' });
  });

  test.each([
    [{ kind: 'url_expired', status: 403 }, 403],
    [{ kind: 'rate_limited', retryAfterSeconds: 1 }, 429],
    ['unavailable_html', 503],
    ['internal_error', 500],
  ])('a download plays %j as %d once, and then gives the file', async (fault, status) => {
    const id = await taskWith('download', fault, { times: 1 });
    const url = client.resultIn(await lookUntil(session(), id, 'succeeded')) ?? '';
    expect((await fetch(url)).status).toBe(status);
    expect((await fetch(url)).headers.get('content-type')).toBe(client.mediaType);
  });

  test('a download breaks off in the middle', async () => {
    const id = await taskWith('download', 'reset_mid_answer', { times: 1 });
    const url = client.resultIn(await lookUntil(session(), id, 'succeeded')) ?? '';
    await expect(fetch(url).then((response) => response.arrayBuffer())).rejects.toThrow();
  });
});
