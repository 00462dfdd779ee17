import { describe, expect, test } from '@jest/globals';
import {
  type Call,
  callSchema,
  type CancelAnswer,
  cancelAnswerSchema,
  type CallSignal,
  failure,
} from '@darkroom/contract';
import { definition as nanobanana2 } from '@darkroom/integrations-nanobanana2';
import { sql } from 'kysely';
import type { NewEvent } from '../src/calls/new-event.ts';
import { createIntegrationCatalog } from '../src/integrations/integration-catalog.ts';
import { inTurn } from './in-turn.ts';
import { courseOf, goodBody, type RequestOptions } from './public-api.ts';
import { setUpPublicApi } from './set-up-public-api.ts';
import { until } from './until.ts';

let temporalIsUp = true;
let wakes = 0;
const signals: [callId: string, signal: CallSignal][] = [];

const polled = {
  ...nanobanana2,
  name: 'polled',
  operations: { 'text-to-image': { ...nanobanana2.operations['text-to-image'], delivery: 'poll' as const } },
};
const polledBody = { ...goodBody, integration: 'polled' };
const definitions = [nanobanana2, polled];
const api = setUpPublicApi(() => ({
  catalog: createIntegrationCatalog({ definitions, enabled: definitions, overrules: {} }),
  wakeCanceller: () => void (wakes += 1),
  engine: {
    signal: (callId, signal) => {
      if (!temporalIsUp) return Promise.reject(new Error('no answer'));
      signals.push([callId, signal]);
      return Promise.resolve('delivered');
    },
  },
}));

const ask = <Body>(callId: string, verb: 'cancel' | 'retry' | 'refresh', options: RequestOptions = {}) =>
  api.request<Body>(`/v1/calls/${callId}/${verb}`, { method: 'POST', ...options });
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

async function acceptedCall(body: object = goodBody): Promise<string> {
  return (await api.submit({ body })).body.id;
}

async function runningCall(body: object = goodBody): Promise<string> {
  const callId = await acceptedCall(body);
  const started: NewEvent = { type: 'call.submission_started', data: { attempt: 1 } };
  await api.change(callId, [courseOf(callId).processing, started]);
  return callId;
}

async function endedCall(body: object = goodBody): Promise<string> {
  const callId = await runningCall(body);
  await api.change(callId, [{ type: 'call.failed', data: { error: failure('provider_unavailable', 'It was away.') } }]);
  return callId;
}

describe('POST /v1/calls/:id/cancel', () => {
  test('answers what was achieved, with the call as it is then', async () => {
    const [pending, running, ended] = [await acceptedCall(), await runningCall(polledBody), await endedCall()];
    const wakesBefore = wakes;
    const answers = [
      await ask<CancelAnswer>(pending, 'cancel'),
      await ask<CancelAnswer>(running, 'cancel'),
      await ask<CancelAnswer>(ended, 'cancel'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { body } of answers) cancelAnswerSchema.extend({ call: callSchema.strict() }).strict().parse(body);
    expect(answers.map(({ body }) => [body.result, body.call.status])).toEqual([
      ['cancelled', 'cancelled'],
      ['cancel_requested', 'processing'],
      ['already_terminal', 'failed'],
    ]);
    expect(answers.map(({ body }) => body.call.cancelRequestedAt !== undefined)).toEqual([true, true, false]);
    expect(wakes).toBe(wakesBefore + 2);
  });

  test('[P6] does not know the calls of another account, and leaves them alone', async () => {
    const callId = await acceptedCall();
    for (const verb of ['cancel', 'retry', 'refresh'] as const)
      expect((await ask(callId, verb, { account: 'beta' })).status).toBe(404);
    expect((await api.request<Call>(`/v1/calls/${callId}`)).body.status).toBe('pending');
  });
});

describe('POST /v1/calls/:id/retry', () => {
  test('makes a new call with the same input, and says of which it is a new try', async () => {
    const callId = await endedCall({ ...goodBody, metadata: { order: '7' } });
    const retry = await ask<Call>(callId, 'retry');
    expect(retry.status).toBe(202);
    expect(retry.headers.get('location')).toBe(retry.body.urls.self);
    expect(callSchema.strict().parse(retry.body)).toMatchObject({
      status: 'pending',
      retryOf: callId,
      ...goodBody,
      metadata: { order: '7' },
      submissions: { claimed: 0 },
    });
    expect(retry.body.id).not.toBe(callId);
    expect((await api.request(`/v1/calls/${retry.body.id}`)).body).toEqual(retry.body);
    expect((await api.request<Call>(`/v1/calls/${callId}`)).body.status).toBe('failed');
  });

  test('with an Idempotency-Key makes one call, however often it is asked', async () => {
    const callId = await endedCall();
    const askInTurn = () => inTurn(() => ask<Call>(callId, 'retry', keyed('again')));
    const answers = await Promise.all(Array.from({ length: 10 }, askInTurn));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const another = await ask(await endedCall(), 'retry', keyed('again'));
    expect(another).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  test('refuses a call that has not ended, and says what to do', async () => {
    for (const callId of [await acceptedCall(), await runningCall()]) {
      const before = await api.countRows('calls');
      const refusal = await ask(callId, 'retry');
      expect(refusal).toMatchObject({
        status: 409,
        body: { code: 'call_not_ended', retryable: true, detail: expect.stringMatching(/^Wait .* or cancel it/) },
      });
      expect(await api.countRows('calls')).toBe(before);
    }
  });

  test('checks the input by the schema of today', async () => {
    const callId = await endedCall();
    await api.database
      .updateTable('calls')
      .set({ input: JSON.stringify({ prompt: '' }) })
      .where('id', '=', callId)
      .execute();
    expect(await ask(callId, 'retry')).toMatchObject({ status: 422, body: { errors: [{ path: '/input/prompt' }] } });
  });
});

describe('POST /v1/calls/:id/refresh', () => {
  test('signals the workflow for one of several that come at once, and answers the call', async () => {
    const callId = await runningCall(polledBody);
    // Long enough ago that they are one wish for half a minute, however slowly they come.
    await sql`update calls set first_claimed_at = now() - interval '1 hour' where id = ${callId}`.execute(api.database);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask<Call>(callId, 'refresh')));
    expect(answers.map(({ status, body }) => [status, callSchema.strict().parse(body).id])).toEqual(
      answers.map(() => [202, callId]),
    );
    expect(signals.filter(([id]) => id === callId)).toEqual([[callId, 'refresh']]);
  });

  test('passes one in two seconds on where the call is young', async () => {
    const passedOnOfTwo = async () => {
      const callId = await runningCall(polledBody);
      const askedAt = performance.now();
      for (let times = 0; times < 2; times += 1) await ask(callId, 'refresh');
      return { seconds: (performance.now() - askedAt) / 1000, signals: signals.filter(([id]) => id === callId).length };
    };
    // Two that took longer may both be passed on.
    const quick = await until(passedOnOfTwo, ({ seconds }) => seconds < 2);
    expect(quick.signals).toBe(1);
  });

  test('passes fewer of them on the longer the call runs, whichever process is asked', async () => {
    const callId = await runningCall(polledBody);
    const passedOn = () => signals.filter(([id]) => id === callId).length;
    const letPass = (seconds: number) =>
      sql`update calls set first_claimed_at = first_claimed_at - ${seconds} * interval '1 second',
        refreshed_at = refreshed_at - ${seconds} * interval '1 second' where id = ${callId}`.execute(api.database);
    const refresh = async () => expect((await ask(callId, 'refresh')).status).toBe(202);

    for (let times = 0; times < 300; times += 1) {
      await refresh();
      await letPass(2);
    }
    // Once in two seconds for 200 s, then once in a hundredth of the time: 100 + 100 × ln(600 / 200).
    expect(passedOn()).toBeGreaterThan(100);
    expect(passedOn()).toBeLessThan(220);

    const threeDays = 3 * 86_400;
    await letPass(threeDays);
    await refresh();
    const before = passedOn();
    await letPass(threeDays / 100);
    await refresh();
    expect(passedOn()).toBe(before);
    await letPass(60);
    await refresh();
    expect(passedOn()).toBe(before + 1);
  });

  test('answers a call as it is where there is nothing to look at', async () => {
    const callIds = [await acceptedCall(polledBody), await endedCall(polledBody), await runningCall()];
    const answers = await Promise.all(callIds.map((callId) => ask<Call>(callId, 'refresh')));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual([
      [202, 'pending'],
      [202, 'failed'],
      [202, 'processing'],
    ]);
    expect(signals.filter(([id]) => callIds.includes(id))).toEqual([]);
  });

  test('answers 503 with Retry-After while Temporal is away, and works as soon as it is back', async () => {
    const callId = await runningCall(polledBody);
    temporalIsUp = false;
    const refusal = await ask(callId, 'refresh');
    temporalIsUp = true;
    expect(refusal).toMatchObject({ status: 503, body: { code: 'engine_unavailable', retryable: true } });
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(callId, 'refresh')).status).toBe(202);
    expect(signals.filter(([id]) => id === callId)).toHaveLength(1);
  });
});
