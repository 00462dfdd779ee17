import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { everyDialect, gemini, litellm, openai, type DialectClient } from './dialect-client.ts';
import { sendRaw, statusOf } from './raw-request.ts';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';

let simulator: RunningSimulator;
let prompts = 0;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

/** Plans a fault for a prompt of its own and returns the prompt. */
async function promptWith(fault: object | string, options: object = {}): Promise<string> {
  prompts += 1;
  const prompt = `prompt number ${prompts};`;
  await simulator.plan({ match: prompt, fault, ...options });
  return prompt;
}

/** Plans a fault for a prompt of its own and asks once. */
async function askWith(dialect: DialectClient, fault: object | string, apiKey?: string) {
  const prompt = await promptWith(fault);
  const response = await dialect.ask(simulator.origin, prompt, apiKey);
  const text = await response.text();
  return { response, text, accepted: (await simulator.submissions(prompt)).accepted };
}

/** Asks over a raw socket, so that every byte before a reset is seen. */
async function askRaw(dialect: DialectClient, prompt: string, apiKey = 'key-of-a-test') {
  const body = JSON.stringify(dialect.body(prompt));
  const headers = {
    host: `127.0.0.1:${simulator.port}`,
    'content-type': 'application/json',
    ...dialect.headers(apiKey),
  };
  return sendRaw({ port: simulator.port, method: 'POST', path: dialect.path, headers, body });
}

describe.each(everyDialect)('$name', (dialect) => {
  test('refuses the key invalid-key and a missing key in its own envelope, uncounted', async () => {
    const prompt = `keys of ${dialect.name}`;
    const invalid = await dialect.ask(simulator.origin, prompt, 'invalid-key');
    const missing = await dialect.ask(simulator.origin, prompt, '');
    expect([400, 401]).toContain(invalid.status);
    expect([401, 403]).toContain(missing.status);
    for (const response of [invalid, missing]) expect(await response.json()).toHaveProperty('error.message');
    const { accepted, received } = await simulator.submissions(prompt);
    expect({ accepted, received }).toEqual({ accepted: 0, received: 2 });
  });

  test('refuses a body that is not JSON in its own envelope', async () => {
    const url = simulator.origin + dialect.path;
    const headers = { 'content-type': 'application/json', ...dialect.headers('k') };
    const response = await fetch(url, { method: 'POST', headers, body: '{"broken' });
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('error.message');
  });

  test.each([
    ['unauthorized', 401],
    ['bad_request', 400],
    ['rate_limited', 429],
    ['unavailable_envelope', 503],
    ['leaks_key', 401],
  ])('plays %s as status %d in its own envelope, uncounted', async (kind, status) => {
    const { response, text, accepted } = await askWith(dialect, kind);
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toHaveProperty('error.message');
    expect(accepted).toBe(0);
  });

  test('echoes the API key in the message of leaks_key', async () => {
    const { text } = await askWith(dialect, 'leaks_key', 'sk-very-secret-0123456789');
    expect(text).toContain('sk-very-secret-0123456789');
  });

  test.each([408, 499, 502, 503, 504])('plays an empty %d, counted unless the plan says otherwise', async (status) => {
    const counted = await askWith(dialect, `empty_${status}`);
    expect(counted).toMatchObject({ text: '', accepted: 1 });
    expect(counted.response.status).toBe(status);
    const uncounted = await askWith(dialect, { kind: `empty_${status}`, accepted: false });
    expect(uncounted).toMatchObject({ text: '', accepted: 0 });
    expect(uncounted.response.status).toBe(status);
  });

  test('plays a 503 as a proxy: an HTML page', async () => {
    const { response, text, accepted } = await askWith(dialect, 'unavailable_html');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(text).toContain('<center><h1>503 Service Temporarily Unavailable</h1></center>');
    expect(accepted).toBe(1);
  });

  test('plays internal_error as a 500 in its own envelope, counted', async () => {
    const { response, text, accepted } = await askWith(dialect, 'internal_error');
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toHaveProperty('error.message');
    expect(accepted).toBe(1);
  });

  test.each(['reset_before_body', 'reset_during_body'])('plays %s: no byte, a reset, uncounted', async (fault) => {
    const apiKey = `key-${fault}-${dialect.name}`;
    await simulator.plan({ matchKey: apiKey, fault });
    const answer = await askRaw(dialect, `x${'long '.repeat(200_000)}`, apiKey);
    expect(answer).toEqual({ text: '', ending: 'reset' });
    const seen = (await simulator.submissions()).items.filter(({ outcome }) => outcome === fault);
    expect(seen.find(({ provider }) => provider === dialect.name)).toMatchObject({ accepted: false, prompt: null });
  });

  test('plays reset_after_accept: counted, then a reset without a byte', async () => {
    const prompt = await promptWith('reset_after_accept');
    expect(await askRaw(dialect, prompt)).toEqual({ text: '', ending: 'reset' });
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays reset_after_headers: counted, the headers whole, no byte of the body', async () => {
    const prompt = await promptWith('reset_after_headers');
    const answer = await askRaw(dialect, prompt);
    expect(answer.ending).toBe('reset');
    expect(statusOf(answer)).toBe(200);
    expect(answer.text.split('\r\n\r\n')).toEqual([expect.stringMatching(/content-length: \d{3,}/), '']);
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays reset_mid_answer: counted, half of the promised body', async () => {
    const prompt = await promptWith('reset_mid_answer');
    const answer = await askRaw(dialect, prompt);
    const [head = '', body = ''] = answer.text.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/.exec(head)?.[1]);
    expect(answer.ending).toBe('reset');
    expect(body.length).toBe(Math.floor(promised / 2));
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays hang: counted before any answer, and over when the client leaves', async () => {
    const prompt = await promptWith('hang');
    const client = new AbortController();
    const request = fetch(simulator.origin + dialect.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...dialect.headers('k') },
      body: JSON.stringify(dialect.body(prompt)),
      signal: client.signal,
    });
    const left = expect(request).rejects.toThrow('aborted');
    await until(async () => (await simulator.submissions(prompt)).accepted === 1);
    expect((await simulator.submissions(prompt)).items[0]?.outcome).toBe('in_flight');
    client.abort();
    await left;
    await until(async () => (await simulator.submissions(prompt)).items[0]?.outcome === 'hang');
  });

  test('plays slow: the whole answer, after the latency', async () => {
    const began = performance.now();
    const { response, accepted } = await askWith(dialect, { kind: 'slow', latencyMs: 250 });
    expect(performance.now() - began).toBeGreaterThanOrEqual(249);
    expect(response.status).toBe(200);
    expect(accepted).toBe(1);
  });

  test('plays malformed_json: status 200, counted, a body that ends too early', async () => {
    const { response, text, accepted } = await askWith(dialect, 'malformed_json');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('application/json');
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(accepted).toBe(1);
  });

  test.each(['empty_success', 'text_instead'])('plays %s: a success without an image, counted', async (fault) => {
    const { response, text, accepted } = await askWith(dialect, fault);
    expect(response.status).toBe(200);
    expect(dialect.imageIn(JSON.parse(text))).toBeUndefined();
    expect(accepted).toBe(1);
  });

  test('plays truncated_image: a real header, a file that cannot be decoded', async () => {
    const { text } = await askWith(dialect, 'truncated_image');
    const image = sharp(Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64'));
    expect((await image.metadata()).format).toBe('png');
    await expect(image.raw().toBuffer()).rejects.toThrow();
  });

  test('plays not_an_image: text in base64', async () => {
    const { text } = await askWith(dialect, 'not_an_image');
    expect(Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64').toString()).toMatch(/^This is a text file/);
  });

  test('plays huge_image: few bytes that hold more pixels than a careful reader accepts', async () => {
    const { text } = await askWith(dialect, 'huge_image');
    const bytes = Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64');
    expect(bytes.length).toBeLessThan(200_000);
    await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow('exceeds pixel limit');
    expect(await sharp(bytes, { limitInputPixels: false }).metadata()).toMatchObject({ width: 20_000, height: 20_000 });
  });
});

describe('faults with a form of their own', () => {
  const asked = async (dialect: DialectClient, fault: object | string) => {
    const { response, text, accepted } = await askWith(dialect, fault);
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

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 10 s.');
  }
}
