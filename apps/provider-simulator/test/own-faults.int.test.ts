import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gemini, litellm, openai, type DialectClient } from './dialect-client.ts';
import { askWith } from './fault-question.ts';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

const asked = async (dialect: DialectClient, fault: object | string) => {
  const { response, text, accepted } = await askWith({ simulator, dialect, fault });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: JSON.parse(text) as AnswerBody,
    accepted,
  };
};

test('gemini names an invalid key by its reason', async () => {
  const response = await gemini.ask(simulator.origin, 'x', 'invalid-key');
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: {
      code: 400,
      message: 'API key not valid. Please pass a valid API key.',
      status: 'INVALID_ARGUMENT',
      details: [expect.objectContaining({ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }), expect.anything()],
    },
  });
});

test('gemini says when to come back in RetryInfo, and only there', async () => {
  const { status, retryAfter, body } = await asked(gemini, { kind: 'rate_limited', retryAfterSeconds: 2.5 });
  expect({ status, retryAfter }).toEqual({ status: 429, retryAfter: null });
  expect(body.error?.status).toBe('RESOURCE_EXHAUSTED');
  expect(body.error?.message).toMatch(/Please retry in 2\.5s\.$/);
  expect(body.error?.details).toContainEqual({
    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
    retryDelay: '2.5s',
  });
});

test('gemini without a delay sends no details at all', async () => {
  const { body } = await asked(gemini, 'rate_limited');
  expect(Object.keys(body.error ?? {})).toEqual(['code', 'message', 'status']);
});

test.each([['quota_exceeded'], [{ kind: 'rate_limited', retryAfterSeconds: 60, perDay: true }]])(
  'gemini names the quota of the day for %o',
  async (fault) => {
    const { body } = await asked(gemini, fault);
    expect(JSON.stringify(body)).toContain('GenerateRequestsPerDayPerProjectPerModel-FreeTier');
  },
);

test.each([openai, litellm])(
  '$name says when to come back in Retry-After, where the plan has a delay',
  async (dialect) => {
    expect(await asked(dialect, { kind: 'rate_limited', retryAfterSeconds: 3 })).toMatchObject({ retryAfter: '3' });
    expect(await asked(dialect, 'rate_limited')).toMatchObject({ status: 429, retryAfter: null });
  },
);

test('openai and litellm have their own forms of an empty purse', async () => {
  expect(await asked(openai, 'quota_exceeded')).toMatchObject({
    status: 429,
    body: { error: { type: 'insufficient_quota', code: 'insufficient_quota' } },
  });
  expect(await asked(litellm, 'quota_exceeded')).toMatchObject({
    status: 400,
    body: { error: { type: 'budget_exceeded', code: '400' } },
  });
});

test('gemini blocks a prompt with a success that has no candidates', async () => {
  const { status, body, accepted } = await asked(gemini, 'content_block');
  expect({ status, accepted }).toEqual({ status: 200, accepted: 1 });
  expect(body.promptFeedback).toEqual({ blockReason: 'PROHIBITED_CONTENT' });
  expect(body).not.toHaveProperty('candidates');
});

test('gemini blocks an output with a candidate that has no parts', async () => {
  const { body } = await asked(gemini, { kind: 'content_block', where: 'output' });
  expect(body.candidates).toEqual([
    { content: { role: 'model' }, finishReason: 'IMAGE_SAFETY', finishMessage: expect.any(String), index: 0 },
  ]);
});

test('openai blocks with a 400 that was not accepted', async () => {
  expect(await asked(openai, 'content_block')).toMatchObject({
    status: 400,
    accepted: 0,
    body: { error: { type: 'image_generation_user_error', code: 'moderation_blocked' } },
  });
});

test('litellm blocks with a success whose images are empty', async () => {
  expect(await asked(litellm, 'content_block')).toMatchObject({
    status: 200,
    accepted: 1,
    body: { choices: [{ message: { content: null, images: [] }, finish_reason: 'stop' }] },
  });
});

test('gemini succeeds emptily with STOP and no parts, openai with no data, litellm with no images', async () => {
  expect((await asked(gemini, 'empty_success')).body.candidates).toEqual([
    { content: { role: 'model' }, finishReason: 'STOP', index: 0 },
  ]);
  expect((await asked(openai, 'empty_success')).body.data).toEqual([]);
  expect((await asked(litellm, 'empty_success')).body.choices?.[0]?.message.images).toEqual([]);
});

const urlOf = async (fault: object | string) => (await asked(openai, fault)).body.data?.[0]?.url ?? '';

test('points to a private address', async () => {
  expect(await urlOf('url_to_private_address')).toBe('http://169.254.169.254/latest/meta-data/');
  const { body } = await asked(litellm, 'url_to_private_address');
  expect(body.choices?.[0]?.message.content).toContain('http://169.254.169.254/');
});

test('points to a URL that redirects to a private address', async () => {
  const response = await fetch(await urlOf('url_redirects_to_private'), { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('http://169.254.169.254/latest/meta-data/');
});

test.each([403, 404])('points to a URL that answers %d', async (status) => {
  expect((await fetch(await urlOf({ kind: 'url_expired', status }))).status).toBe(status);
});

test('says that gemini cannot play a fault of URLs, uncounted', async () => {
  const { status, body, accepted } = await asked(gemini, 'url_expired');
  expect({ status, accepted }).toEqual({ status: 501, accepted: 0 });
  expect(body.error?.message).toMatch(/cannot play the fault url_expired in the gemini dialect/);
});

test('refuses a model that it does not know, as each provider does', async () => {
  const url = `${simulator.origin}/gemini/v1beta/models/gemini-pro:generateContent`;
  const headers = { 'content-type': 'application/json', ...gemini.headers('k') };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(gemini.body('x')) });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    error: { status: 'NOT_FOUND', message: expect.stringMatching(/^models.gemini-pro is not/) },
  });
});

/** The fields of all dialects' answers that a test looks at. */
interface AnswerBody {
  readonly error?: { readonly message: string; readonly status?: string; readonly details?: readonly object[] };
  readonly promptFeedback?: object;
  readonly candidates?: readonly object[];
  readonly data?: readonly { readonly url?: string }[];
  readonly choices?: readonly {
    readonly message: { readonly content: string | null; readonly images?: readonly object[] };
  }[];
}
