import { createId, failure, isId } from '@darkroom/contract';
import { describe, expect, test } from '@jest/globals';
import { artifactIdOf } from './artifact-id.ts';
import { toCallReport } from './call-report.ts';
import { withoutSecrets } from './clean-secrets.ts';
import { StoringFailed } from './storing-failed.ts';
import { toApplicationFailure } from './to-application-failure.ts';

const callId = createId('call');
const secret = 'sk-very-secret';
const reporter = { reportId: 'run:1', runId: 'run', workflowId: callId, context: { secrets: [secret] } };

describe('what leaves the worker', () => {
  test('holds no secret, however deep it stood', () => {
    const said = { a: [`key ${secret} is wrong`, { b: secret }], c: 1, d: null };
    expect(withoutSecrets(said, [secret, ''])).toEqual({
      a: ['key [secret] is wrong', { b: '[secret]' }],
      c: 1,
      d: null,
    });
  });

  test('holds no beginning of a secret at the end of a text that somebody cut', () => {
    expect(withoutSecrets({ text: 'bad key sk-very-sec' }, [secret])).toEqual({ text: 'bad key [secret]' });
    expect(withoutSecrets('bad key sk-very-s and more', [secret])).toBe('bad key sk-very-s and more');
    expect(withoutSecrets('asks for sk-', [secret])).toBe('asks for sk-');
  });

  test('a report holds no secret, and its messages fit the contract', () => {
    const error = failure('provider_rejected', `${secret} ${'x'.repeat(5000)}`, {
      provider: { code: 'y'.repeat(500), message: `bad ${secret}` },
    });
    const report = toCallReport(reporter, { events: [{ type: 'call.failed', data: { error } }] });
    expect(JSON.stringify(report)).not.toContain(secret);
    expect(report.events[0]).toMatchObject({
      data: { error: { code: 'provider_rejected', provider: { message: 'bad [secret]' } } },
    });
  });

  test('a report holds no address of the provider, and ids as they are', () => {
    const url = 'https://files.provider.example/1.mp4?X-Tos-Signature=abc';
    const error = failure('provider_failed', `It said ${url}.`, {
      provider: { message: `see "${url}" (or HTTP://b/c)` },
    });
    const output = { failures: [{ message: url }], filteredReasons: [`${url}, held back`] };
    const report = toCallReport(reporter, {
      events: [
        { type: 'call.failed', data: { error } },
        { type: 'call.submission_unknown', data: { attempt: 1, reason: `The answer was ${url}: odd`, next: 'fail' } },
        { type: 'call.submitted', data: { attempt: 1, externalId: url } },
        { type: 'call.completed', data: { output, artifacts: [] } },
      ],
    });
    expect(report.events).toMatchObject([
      { data: { error: { message: 'It said [address].', provider: { message: 'see "[address]" (or [address])' } } } },
      { data: { reason: 'The answer was [address]: odd' } },
      { data: { externalId: url } },
      { data: { output: { failures: [{ message: '[address]' }], filteredReasons: ['[address], held back'] } } },
    ]);
  });

  test('a report that a workflow could not return is refused', () => {
    const output = { text: 'x'.repeat(20_000) };
    expect(() =>
      toCallReport(reporter, { events: [{ type: 'call.completed', data: { output, artifacts: [] } }] }),
    ).toThrow('over the limit');
  });

  test('a failure carries its code and a clean message, and nothing that hangs on the error', () => {
    const cause = Object.assign(new Error('request'), { config: { headers: { authorization: secret } } });
    const converted = toApplicationFailure(new StoringFailed('storage_unavailable', `refused for ${secret}`, cause), [
      secret,
    ]);
    expect(converted).toMatchObject({
      type: 'storage_unavailable',
      message: 'refused for [secret]',
      nonRetryable: false,
    });
    expect(converted.cause).toBeUndefined();
    expect(toApplicationFailure('thrown text', []).type).toBe('internal');
  });
});

describe('the id of an artifact', () => {
  test('is the same for the same result and another for any other one', () => {
    const id = artifactIdOf({ callId, attempt: 1, position: 0 });
    expect(isId('art', id)).toBe(true);
    expect(artifactIdOf({ callId, attempt: 1, position: 0 })).toBe(id);
    const others = [
      { callId, attempt: 2, position: 0 },
      { callId, attempt: 1, position: 1 },
      { callId: createId('call'), attempt: 1, position: 0 },
    ];
    expect(new Set([id, ...others.map(artifactIdOf)]).size).toBe(4);
  });
});
