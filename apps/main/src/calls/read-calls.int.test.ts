import { describe, expect, test } from '@jest/globals';
import { type Call, callSchema, failure } from '@darkroom/contract';
import { courseOf, type PublicApi } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';
import { until } from '../../test/until.ts';

interface Page {
  items: Call[];
  nextCursor: string | null;
}

const reads: string[] = [];
const api = setUpPublicApi(() => ({ noteRead: ({ id }) => void reads.push(id) }));

const refused = { attempt: 1, error: failure('provider_unavailable', 'Try again.') };

const accept = async () => (await api.submit()).body.id;
const read = (callId: string, query = '', headers = {}) =>
  api.request<Call>(`/v1/calls/${callId}${query}`, { headers });

describe('GET /v1/calls/:id', () => {
  test('answers what the contract says at every stage of a call, and tells of the read', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    const stages: Call[] = [];
    const step = async (...events: Parameters<PublicApi['change']>[1]) => {
      await api.change(callId, events);
      stages.push(callSchema.strict().parse((await read(callId)).body));
    };
    await step(processing);
    await step({ type: 'call.submission_started', data: { attempt: 1 } });
    await step({ type: 'call.progress', data: { waitingFor: 'storage' } });
    await step(completed);

    expect(stages.map(({ status, waitingFor }) => [status, waitingFor])).toEqual([
      ['processing', 'slot'],
      ['processing', 'provider'],
      ['processing', 'storage'],
      ['completed', undefined],
    ]);
    expect(stages.at(-1)).toMatchObject({ output: { images: [] }, submissions: { claimed: 1 } });
    expect(stages.at(-1)?.startedAt).toBeDefined();
    expect(stages.at(-1)?.completedAt).toBeDefined();
    expect(reads.filter((id) => id === callId)).toHaveLength(stages.length);
  });

  test('shows why a call failed', async () => {
    const callId = await accept();
    const error = failure('content_rejected', 'The provider blocked the prompt. Change it.');
    await api.change(callId, [{ type: 'call.failed', data: { error } }]);

    expect((await read(callId)).body).toMatchObject({ status: 'failed', error });
  });

  test('answers 304 to an ETag that is the present callSequence, in every form that a client may send it', async () => {
    const callId = await accept();
    const { headers } = await read(callId);
    const etag = headers.get('etag') ?? '';

    expect(etag).toBe('"1"');
    for (const form of [etag, `W/${etag}`, `"9", ${etag}`, '*']) {
      const answer = await read(callId, '', { 'if-none-match': form });
      expect([answer.status, answer.headers.get('etag'), answer.body]).toEqual([304, etag, undefined]);
    }
    await api.change(callId, [courseOf(callId).processing]);
    const changed = await read(callId, '', { 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  });

  test('shows each payment that is learned of after the end, under an ETag of its own', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing, completed]);
    let etag = (await read(callId)).headers.get('etag') ?? '';
    for (const accepted of [1, 2]) {
      const learned = { submissions_accepted: accepted, has_late_artifacts: true };
      await api.database.updateTable('calls').set(learned).where('id', '=', callId).execute();
      const answer = await read(callId, '', { 'if-none-match': etag });
      expect([answer.status, answer.body.submissions.accepted]).toEqual([200, accepted]);
      etag = answer.headers.get('etag') ?? '';
      expect((await read(callId, '', { 'if-none-match': etag })).status).toBe(304);
    }
  });

  test('shows results that came after the end, under an ETag of their own', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing, completed]);
    const { headers } = await read(callId);
    await api.database.updateTable('calls').set({ has_late_artifacts: true }).where('id', '=', callId).execute();
    const facts = { content_type: 'image/png', width: 2, height: 3, bytes: 4, sha256: 'a'.repeat(64), late: true };
    const place = { account_id: 'alpha', call_id: callId, attempt: 1, position: 0, object_key: 'a/b.png' };
    await api.database
      .insertInto('artifacts')
      .values({ id: 'art_01k3x5c5jyfvhbqm6w8r9c4r3n', ...facts, ...place })
      .execute();
    const answer = await read(callId, '', { 'if-none-match': headers.get('etag') ?? '' });

    expect(answer.status).toBe(200);
    expect(callSchema.strict().parse(answer.body).lateArtifacts).toMatchObject([
      {
        artifactId: 'art_01k3x5c5jyfvhbqm6w8r9c4r3n',
        url: `${api.url}/v1/artifacts/art_01k3x5c5jyfvhbqm6w8r9c4r3n/download`,
        callId,
      },
    ]);
    expect((await api.request<Page>('/v1/calls?limit=1')).body.items[0]?.lateArtifacts).toHaveLength(1);
  });
});

describe('GET /v1/calls/:id?wait=', () => {
  test('answers as soon as the call changes beyond the ETag', async () => {
    const callId = await accept();
    await api.change(callId, [courseOf(callId).processing]);
    // A wait that does not hear of a change finds it after two seconds: with so many this test would be over its time.
    for (let sequence = 2; sequence < 35; sequence += 1) {
      const waiting = read(callId, '?wait=30', { 'if-none-match': `"${sequence}"` });
      await until(api.countSubscriptions, (count) => count > 0);
      await api.change(callId, [{ type: 'call.submission_refused', data: refused }]);
      const answer = await waiting;
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"${sequence + 1}"`]);
    }
  });

  test('answers any change without an ETag, also one whose news were lost', async () => {
    const callId = await accept();
    await api.change(callId, [courseOf(callId).processing]);
    let isAnswered = false;
    const waiting = read(callId, '?wait=30').finally(() => (isAnswered = true));
    const changeOnce = async () => {
      await api.change(callId, [{ type: 'call.submission_refused', data: refused }], { silently: true });
      return isAnswered;
    };
    await until(changeOnce, (answered) => answered);

    expect((await waiting).headers.get('etag')).not.toBe('"2"');
  });

  test("sleeps through the account's other news", async () => {
    const [callId, otherId] = [await accept(), await accept()];
    const waiting = read(callId, '?wait=1', { 'if-none-match': '"1"' });
    await until(api.countSubscriptions, (count) => count > 0);
    await api.change(otherId, [courseOf(otherId).processing]);

    expect((await waiting).status).toBe(304);
  });

  test('answers at once where the ETag is old, or where the call has ended and nothing can change', async () => {
    const callId = await accept();
    const { processing, completed } = courseOf(callId);
    await api.change(callId, [processing, completed]);

    expect((await read(callId, '?wait=60', { 'if-none-match': '"1"' })).status).toBe(200);
    expect((await read(callId, '?wait=60', { 'if-none-match': '"3"' })).status).toBe(304);
    expect((await read(callId, '?wait=60')).status).toBe(200);
  });
});

test('[P6] two accounts never see each other, nor how many calls the other has', async () => {
  const callId = await accept();
  const theirs = { account: 'beta' } as const;
  const theirIds = [(await api.submit(theirs)).body.id, (await api.submit(theirs)).body.id];
  const unknown = await api.request('/v1/calls/call_01k3x5c5jyfvhbqm6w8r9c4r3n', theirs);
  const paths = [
    `/v1/calls/${callId}`,
    `/v1/calls/${callId}?wait=1`,
    `/v1/calls/${callId}/events`,
    '/v1/artifacts/art_01k3x5c5jyfvhbqm6w8r9c4r3n',
  ];
  for (const path of [...paths, '/v1/artifacts/art_01k3x5c5jyfvhbqm6w8r9c4r3n/download']) {
    const answer = await api.request(path, theirs);
    expect([answer.status, answer.body]).toEqual([404, unknown.body]);
  }
  const etagProbe = await api.request(`/v1/calls/${callId}`, { ...theirs, headers: { 'if-none-match': '*' } });
  expect(etagProbe.status).toBe(404);

  const listed = await api.request<Page>('/v1/calls?limit=100', theirs);
  expect(listed.body.items.map(({ id }) => id)).toEqual(theirIds.toReversed());
  const mySequences = (await api.events('/v1/events?limit=1000')).map(({ sequence }) => sequence);
  const theirEvents = await api.events('/v1/events?limit=1000', theirs);
  expect(theirEvents.map((event) => event.callId)).toEqual(theirIds);
  expect(theirEvents.map(({ sequence }) => sequence)).toEqual(theirEvents.map((_, index) => index + 1));
  expect(mySequences).toEqual(mySequences.map((_, index) => index + 1));
  expect(await cursorOfOther(callId)).toEqual([]);
});

/** A cursor made of another account's call only says where to begin. */
async function cursorOfOther(callId: string): Promise<string[]> {
  const cursor = Buffer.from(callId).toString('base64url');
  const { body } = await api.request<Page>(`/v1/calls?cursor=${cursor}&limit=100`, { account: 'beta' });
  return body.items.map(({ id }) => id).filter((id) => id === callId);
}
