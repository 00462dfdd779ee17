import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { everyDialect } from './dialect-client.ts';
import { askRaw, askWith, promptWith } from './fault-question.ts';
import { statusOf } from './raw-request.ts';
import { startSimulator, type RunningSimulator } from './running-simulator.ts';
import { until } from './until.ts';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

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
    ['unavailable_envelope', dialect.overloadedStatus],
    ['leaks_key', 401],
  ])('plays %s as status %d in its own envelope, uncounted', async (kind, status) => {
    const { response, text, accepted } = await askWith({ simulator, dialect, fault: kind });
    expect(response.status).toBe(status);
    expect(JSON.parse(text)).toHaveProperty('error.message');
    expect(accepted).toBe(0);
  });

  test('echoes the API key in the message of leaks_key', async () => {
    const { text } = await askWith({ simulator, dialect, fault: 'leaks_key', apiKey: 'sk-very-secret-0123456789' });
    expect(text).toContain('sk-very-secret-0123456789');
  });

  test.each([408, 499, 502, 503, 504])('plays an empty %d, counted unless the plan says otherwise', async (status) => {
    const counted = await askWith({ simulator, dialect, fault: `empty_${status}` });
    expect(counted).toMatchObject({ text: '', accepted: 1 });
    expect(counted.response.status).toBe(status);
    const uncounted = await askWith({ simulator, dialect, fault: { kind: `empty_${status}`, accepted: false } });
    expect(uncounted).toMatchObject({ text: '', accepted: 0 });
    expect(uncounted.response.status).toBe(status);
  });

  test('plays a 503 as a proxy: an HTML page', async () => {
    const { response, text, accepted } = await askWith({ simulator, dialect, fault: 'unavailable_html' });
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(text).toContain('<center><h1>503 Service Temporarily Unavailable</h1></center>');
    expect(accepted).toBe(1);
  });

  test('plays internal_error as a 500 in its own envelope, counted', async () => {
    const { response, text, accepted } = await askWith({ simulator, dialect, fault: 'internal_error' });
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toHaveProperty('error.message');
    expect(accepted).toBe(1);
  });

  test('plays internal_error_with_key as the same 500, whose message repeats the key, counted', async () => {
    const asked = { simulator, dialect, apiKey: 'sk-very-secret-0123456789' };
    const { response, text, accepted } = await askWith({ ...asked, fault: 'internal_error_with_key' });
    expect(response.status).toBe(500);
    expect(JSON.parse(text)).toHaveProperty('error.message', expect.stringContaining('sk-very-secret-0123456789'));
    expect(accepted).toBe(1);
  });

  test.each(['reset_before_body', 'reset_during_body'])('plays %s: no byte, a reset, uncounted', async (fault) => {
    const apiKey = `key-${fault}-${dialect.name}`;
    await simulator.plan({ matchKey: apiKey, fault });
    const answer = await askRaw({ simulator, dialect, prompt: `x${'long '.repeat(200_000)}`, apiKey });
    expect(answer).toEqual({ text: '', ending: 'reset' });
    const seen = (await simulator.submissions()).items.filter(({ outcome }) => outcome === fault);
    expect(seen.find(({ provider }) => provider === dialect.name)).toMatchObject({ accepted: false, prompt: null });
  });

  test('plays reset_after_accept: counted, then a reset without a byte', async () => {
    const prompt = await promptWith(simulator, 'reset_after_accept');
    expect(await askRaw({ simulator, dialect, prompt })).toEqual({ text: '', ending: 'reset' });
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays reset_after_headers: counted, the headers whole, no byte of the body', async () => {
    const prompt = await promptWith(simulator, 'reset_after_headers');
    const answer = await askRaw({ simulator, dialect, prompt });
    expect(answer.ending).toBe('reset');
    expect(statusOf(answer)).toBe(200);
    expect(answer.text.split('\r\n\r\n')).toEqual([expect.stringMatching(/content-length: \d{3,}/), '']);
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays reset_mid_answer: counted, half of the promised body', async () => {
    const prompt = await promptWith(simulator, 'reset_mid_answer');
    const answer = await askRaw({ simulator, dialect, prompt });
    const [head = '', body = ''] = answer.text.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/.exec(head)?.[1]);
    expect(answer.ending).toBe('reset');
    expect(body.length).toBe(Math.floor(promised / 2));
    expect((await simulator.submissions(prompt)).accepted).toBe(1);
  });

  test('plays hang: counted before any answer, and over when the client leaves', async () => {
    const prompt = await promptWith(simulator, 'hang');
    const client = new AbortController();
    const request = fetch(simulator.origin + dialect.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...dialect.headers('k') },
      body: JSON.stringify(dialect.body(prompt)),
      signal: client.signal,
    });
    const left = expect(request).rejects.toThrow('aborted');
    await until(async () => (await simulator.submissions(prompt)).accepted === 1 || undefined);
    expect((await simulator.submissions(prompt)).items[0]?.outcome).toBe('in_flight');
    client.abort();
    await left;
    await until(async () => (await simulator.submissions(prompt)).items[0]?.outcome === 'hang' || undefined);
  });

  test('plays slow: the whole answer, after the latency', async () => {
    const began = performance.now();
    const { response, accepted } = await askWith({ simulator, dialect, fault: { kind: 'slow', latencyMs: 250 } });
    expect(performance.now() - began).toBeGreaterThanOrEqual(249);
    expect(response.status).toBe(200);
    expect(accepted).toBe(1);
  });

  test('plays malformed_json: status 200, counted, a body that ends too early', async () => {
    const { response, text, accepted } = await askWith({ simulator, dialect, fault: 'malformed_json' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('application/json');
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(accepted).toBe(1);
  });

  test.each(['empty_success', 'text_instead'])('plays %s: a success without an image, counted', async (fault) => {
    const { response, text, accepted } = await askWith({ simulator, dialect, fault });
    expect(response.status).toBe(200);
    expect(dialect.imageIn(JSON.parse(text))).toBeUndefined();
    expect(accepted).toBe(1);
  });

  test('plays truncated_image: a real header, a file that cannot be decoded', async () => {
    const { text } = await askWith({ simulator, dialect, fault: 'truncated_image' });
    const image = sharp(Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64'));
    expect((await image.metadata()).format).toBe(dialect.format);
    await expect(image.raw().toBuffer()).rejects.toThrow();
  });

  test('plays not_an_image: text in base64', async () => {
    const { text } = await askWith({ simulator, dialect, fault: 'not_an_image' });
    expect(Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64').toString()).toMatch(/^This is a text file/);
  });

  test('plays huge_image: few bytes that hold more pixels than a careful reader accepts', async () => {
    const { text } = await askWith({ simulator, dialect, fault: 'huge_image' });
    const bytes = Buffer.from(dialect.imageIn(JSON.parse(text)) ?? '', 'base64');
    expect(bytes.length).toBeLessThan(200_000);
    await expect(sharp(bytes).raw().toBuffer()).rejects.toThrow('exceeds pixel limit');
    expect(await sharp(bytes, { limitInputPixels: false }).metadata()).toMatchObject({ width: 20_000, height: 20_000 });
  });
});
