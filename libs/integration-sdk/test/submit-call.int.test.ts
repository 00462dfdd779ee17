import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { activityOf, followCall } from './follow-call.ts';
import { workersKilledAt } from './kill-at.ts';
import { type Rig, secret } from './rig.ts';
import { tinyCalls } from './tiny-calls.ts';
import { createActivities } from './tiny/activities.ts';
import { withFreshRig } from './with-fresh-rig.ts';

let rig: Rig;

withFreshRig((fresh) => ({ rig } = fresh));
const { submit, eventsOf, lastError } = tinyCalls(() => rig);

describe('a submission', () => {
  test('claims, pays once, stores byte for byte and reports', async () => {
    const call = rig.accept();
    expect(await submit(call)).toMatchObject({ status: 'ended', reported: true });
    expect(eventsOf(call).map(({ type }) => type)).toEqual(['call.submitted', 'call.completed']);
    const [artifact] = rig.main.call(call.callId).artifacts;
    expect(artifact).toMatchObject({
      contentType: 'image/png',
      width: 64,
      height: 48,
      objectKey: `artifacts/default/${call.callId}/1-0.png`,
    });
    expect(Buffer.from((await rig.objectStore.get(artifact?.objectKey ?? '')) ?? []).equals(rig.image)).toBe(true);
    expect(rig.provider.paid).toBe(1);
  });

  test('that the provider refuses is tried again when its table says so', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(429).end('{}');
    expect(await submit(call)).toMatchObject({ status: 'retry', afterSeconds: 0 });
    expect(eventsOf(call)).toMatchObject([
      { type: 'call.submission_refused', data: { attempt: 1, retryInSeconds: 0 } },
    ]);
  });

  test('[P2] that is refused at the limit leaves the call in doubt where an earlier one got no answer', async () => {
    const call = rig.accept({ maxSubmissions: 2, whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = (_request, response) => void response.socket?.destroy();
    expect(await submit(call)).toMatchObject({ status: 'retry' });
    rig.provider.answer = (_request, response) => void response.writeHead(429).end('{}');
    expect(await submit(call, {}, { attempt: 2, reportNumber: 2, sentBefore: 1 })).toMatchObject({ status: 'ended' });
    expect(eventsOf(call).map(({ type }) => type)).toEqual([
      'call.submission_unknown',
      'call.submission_refused',
      'call.failed',
    ]);
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown', retryable: false });
  });

  test("whose answer holds a secret leaves the provider's words without it", async () => {
    const call = rig.accept();
    rig.provider.answer = (request, response) =>
      void response.writeHead(422).end(`key ${request.headers.authorization}`);
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'content_rejected', message: 'Blocked: key [secret]' });
    expect(JSON.stringify(rig.main.call(call.callId))).not.toContain(secret);
  });

  test.each<[string, (image: Buffer) => Buffer]>([
    ['is truncated', (image) => image.subarray(0, image.length - 40)],
    ['is no image', () => Buffer.from('sorry')],
    ['is empty', () => Buffer.alloc(0)],
  ])('whose result %s ends with provider_response_invalid', async (_name, change) => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(200).end(change(rig.image));
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'provider_response_invalid' });
    expect(rig.main.call(call.callId).submissions).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('whose answer nothing could be made of keeps that answer, where no sweep takes it', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) => void response.writeHead(200).end('paid, and not read');
    await submit(call);
    expect(lastError(call)).toMatchObject({ code: 'provider_response_invalid' });
    expect(await readdir(rig.spoolDirectory)).toEqual(['unusable']);
    const unusable = join(rig.spoolDirectory, 'unusable');
    const [name = ''] = await readdir(unusable);
    expect(name).toContain(`${call.callId}.1.`);
    expect(await readFile(join(unusable, name), 'utf8')).toContain('paid, and not read');
  });

  test('whose answer was of use in part only keeps that answer too, until all of it has been', async () => {
    const call = rig.accept();
    const second = (image: Buffer) => ({ 'x-second-result': image.toString('base64') });
    rig.provider.answer = (_request, response) => void response.writeHead(200, second(rig.image)).end(rig.image);
    await submit(rig.accept());
    expect(await readdir(rig.spoolDirectory)).toEqual([]);

    rig.provider.answer = (_request, response) =>
      void response.writeHead(200, second(Buffer.from('no image'))).end(rig.image);
    await submit(call);
    expect(rig.main.call(call.callId).artifacts).toHaveLength(1);
    expect(eventsOf(call).at(-1)).toMatchObject({ type: 'call.completed' });
    expect(await readdir(join(rig.spoolDirectory, 'unusable'))).toEqual([expect.stringContaining(`${call.callId}.1.`)]);
  });

  test('whose image was stored, or that was refused, leaves nothing on the disk', async () => {
    await submit(rig.accept());
    rig.provider.answer = (_request, response) => void response.writeHead(400).end('{}');
    await submit(rig.accept());
    expect(await readdir(rig.spoolDirectory)).toEqual([]);
  });

  test('whose answer is too long was paid once, and is not made again', async () => {
    const call = rig.accept({ whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = (_request, response) => {
      response.on('error', () => undefined).writeHead(200, { 'content-length': 61 * 1024 ** 2 });
      response.write('x');
    };
    expect(await submit(call)).toMatchObject({ status: 'ended' });
    expect(lastError(call)).toMatchObject({ code: 'result_unavailable', retryable: false });
    expect(rig.main.call(call.callId).submissions).toMatchObject([{ outcome: 'accepted' }]);
    expect(rig.provider.paid).toBe(1);
  });

  test('that gets no answer until its deadline is in doubt, not timed out', async () => {
    let call = rig.accept({ deadlineSeconds: 2, whenOutcomeUnknown: 'resubmit' });
    rig.provider.answer = () => undefined;
    await submit(call);
    // A machine that stands still until the deadline sends nothing: then another call is given longer.
    if (rig.provider.paid === 0) {
      call = rig.accept({ deadlineSeconds: 20, whenOutcomeUnknown: 'resubmit' });
      await submit(call);
    }
    expect(lastError(call)).toMatchObject({ code: 'submission_outcome_unknown' });
    expect(rig.provider.paid).toBe(1);
  });

  test('keeps an answer that the integration cannot read, for a version that can', async () => {
    const call = rig.accept();
    rig.provider.answer = (_request, response) =>
      void response.writeHead(200, { 'x-result-url': 'http://[broken' }).end();
    const context = await rig.newContext({
      guardedHttp: { download: () => Promise.reject(new Error('a bug')) },
    });
    const { drawAndStore } = createActivities(context);
    const result = await activityOf(call.callId, 'run').run(drawAndStore, {
      call,
      attempt: 1,
      reportNumber: 1,
      sentBefore: 0,
      again: false,
    });
    expect(result).toMatchObject({ status: 'spooled' });
    expect(rig.main.call(call.callId).spool.size).toBe(1);
  });

  test('downloads a result from its address once, and keeps it with the answer', async () => {
    const call = rig.accept();
    const imageUrl = `${rig.provider.url}image.png`;
    let downloads = 0;
    rig.provider.answer = (request, response) => {
      if (request.method === 'POST') return void response.writeHead(200, { 'x-result-url': imageUrl }).end();
      downloads += 1;
      return void response.writeHead(200).end(rig.image);
    };
    const workers = workersKilledAt(rig, { port: 'objectStore', method: 'putIfAbsent', when: 'before' });
    await followCall(rig, call, workers);
    expect(rig.main.call(call.callId).status).toBe('completed');
    expect(downloads).toBe(1);
  });
});
