import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { finishTask, startSimulator, type RunningSimulator } from './running-simulator.ts';
import { cancel, list, look, lookUntil, query, submit, submitted, taskClients } from './task-client.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

describe.each(taskClients)('$name', (client) => {
  const session = (apiKey?: string) => ({ client, origin: simulator.origin, ...(apiKey !== undefined && { apiKey }) });

  test('answers with a task that is queued, then runs, then has a result that can be fetched', async () => {
    const prompt = `a success of ${client.name}`;
    await simulator.plan({ match: prompt, taskMs: 3_600_000, times: 1 });
    const waiting = await submitted(session(), prompt);
    expect(await look(session(), waiting)).toMatchObject({ id: waiting, status: 'queued' });

    await simulator.plan({ match: prompt, fault: 'never_ends' });
    const id = await submitted(session(), prompt);
    await lookUntil(session(), id, 'running');
    await finishTask(simulator.origin, id);
    const task = await lookUntil(session(), id, 'succeeded');
    const result = await fetch(client.resultIn(task) ?? '');
    expect(result.headers.get('content-type')).toBe(client.mediaType);
    expect((await result.arrayBuffer()).byteLength).toBeGreaterThan(100);
    expect(client.resultIn(await look(session(), id))).toBe(client.resultIn(task));
  });

  test('takes as long as a plan says', async () => {
    const prompt = `a long task of ${client.name}`;
    await simulator.plan({ match: prompt, taskMs: 3_600_000 });
    expect(await look(session(), await submitted(session(), prompt))).toMatchObject({ status: 'queued' });
  });

  test('counts one submission, with the task, its polls and its state', async () => {
    const prompt = `a count of ${client.name}`;
    const id = await submitted(session(), prompt);
    await look(session(), id);
    await lookUntil(session(), id, 'succeeded');
    const { accepted, items } = await simulator.submissions(prompt);
    expect(accepted).toBe(1);
    expect(items[0]).toMatchObject({ provider: client.name, taskId: id, state: 'succeeded', outcome: 'answered' });
    const { polls } = items[0] as unknown as { polls: { count: number; at: string[] } };
    expect(polls.count).toBeGreaterThan(1);
    expect(polls.at).toHaveLength(polls.count);
  });

  test('tells how many were under way at once: a task is, until it has ended', async () => {
    const prompt = `a crowd of ${client.name}`;
    await simulator.plan({ match: prompt, taskMs: 3_600_000 });
    const submitOne = () => submitted(session(), prompt);
    for (const id of [await submitOne(), await submitOne()]) await finishTask(simulator.origin, id);
    await submitOne();
    expect(await simulator.submissions(prompt)).toMatchObject({ accepted: 3, maxConcurrent: 1, maxUnderWay: 2 });
  });

  test('shows the host of the callback URL and nothing more of it', async () => {
    const prompt = `a secret of ${client.name}`;
    await simulator.plan({ match: prompt, on: 'callback', fault: 'callback_missing' });
    await submitted(session(), prompt, client.callsBack ? 'http://127.0.0.1:9/callbacks/x/secret-token' : undefined);
    const report = JSON.stringify(await simulator.submissions(prompt));
    expect(report).not.toContain('secret-token');
    expect(report.includes('"callbackHost":"127.0.0.1:9"')).toBe(client.callsBack);
  });

  test('knows no task of another key, neither to look at nor to cancel nor in the list', async () => {
    const id = await submitted(session('one-key'), 'whose');
    expect((await query(session('another-key'), id)).status).toBe(404);
    expect((await cancel(session('another-key'), id)).status).toBe(404);
    expect(client.listOf(await (await list(session('another-key'))).json())).toEqual([]);
    expect(client.listOf(await (await list(session('one-key'))).json())).toMatchObject([{ id }]);
  });

  test('refuses an invalid key for every request, uncounted', async () => {
    const prompt = `an invalid key at ${client.name}`;
    const invalid = session('invalid-key');
    for (const answer of [submit(invalid, prompt), query(invalid, 'x'), list(invalid), cancel(invalid, 'x')]) {
      const response = await answer;
      expect(response.status).toBe(401);
      expect(await response.json()).toHaveProperty('error.message');
    }
    expect(await simulator.submissions(prompt)).toMatchObject({ accepted: 0, received: 1 });
  });

  test('cancels a task once, however many ask at the same time', async () => {
    const prompt = `a crowd of cancels at ${client.name}`;
    await simulator.plan({ match: prompt, taskMs: 3_600_000 });
    const id = await submitted(session(), prompt);
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(session(), id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  test('cancels a queued task, and refuses to cancel one that runs', async () => {
    const prompt = `cancels of ${client.name}`;
    await simulator.plan({ match: prompt, taskMs: 3_600_000, times: 1 });
    const queued = await submitted(session(), prompt);
    expect((await cancel(session(), queued)).status).toBe(200);
    expect(await look(session(), queued)).toMatchObject({ status: 'cancelled' });

    await simulator.plan({ match: prompt, fault: 'never_ends' });
    const running = await submitted(session(), prompt);
    await lookUntil(session(), running, 'running');
    expect((await cancel(session(), running)).status).toBe(409);
    expect(await look(session(), running)).toMatchObject({ status: 'running' });
    expect((await simulator.submissions(prompt)).items).toMatchObject([{ cancels: 1 }, { cancels: 1 }]);
  });
});
