import { describe, expect, test } from '@jest/globals';
import { type Call, failure } from '@darkroom/contract';
import { goodBody } from '../../test/public-api.ts';
import { setUpPublicApi } from '../../test/set-up-public-api.ts';

interface Page {
  items: Call[];
  nextCursor: string | null;
}

const api = setUpPublicApi();
const accept = async () => (await api.submit()).body.id;

describe('GET /v1/calls', () => {
  test('pages through all calls, newest first, each once, while new ones come in', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) ids.push((await api.submit({ account: 'beta' })).body.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (
        await api.request<Page>(`/v1/calls?limit=3${cursor && `&cursor=${cursor}`}`, { account: 'beta' })
      ).body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      await api.submit({ account: 'beta' });
    }

    expect(seen).toEqual(ids.toReversed());
  });

  test('pages through the calls of a batch in the order of its lines, each once', async () => {
    const calls = Array.from({ length: 7 }, (_, index) => ({ ...goodBody, input: { prompt: `line ${index}` } }));
    const batch = { strategy: 'parallel', maxConcurrent: 1, onFailure: 'continue', calls };
    const { id } = (await api.request<{ id: string }>('/v1/batches', { method: 'POST', body: batch })).body;
    const lines: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path = `/v1/calls?batchId=${id}&order=oldest&limit=3${cursor && `&cursor=${cursor}`}`;
      const page: Page = (await api.request<Page>(path)).body;
      lines.push(...page.items.map(({ input }) => input['prompt']));
      cursor = page.nextCursor;
    }

    expect(lines).toEqual(calls.map(({ input }) => input.prompt));
  });

  test('finds the words of a prompt, all of them, in any case and order, whatever signs they have', async () => {
    const prompts = ['A Lighthouse at dawn, 100% fog', 'a lighthouse at dusk', '晨光中的灯塔', 'under_score'];
    const idOf = new Map<string, string>();
    const createdAfter = new Date().toISOString();
    for (const prompt of prompts) {
      const body = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt } };
      idOf.set(prompt, (await api.submit({ body, account: 'beta' })).body.id);
    }
    const find = async (words: string) => {
      const query = new URLSearchParams({ prompt: words, createdAfter });
      const { items } = (await api.request<Page>(`/v1/calls?${query}`, { account: 'beta' })).body;
      return items.map(({ id, input }) => (idOf.get(String(input['prompt'])) === id ? input['prompt'] : id));
    };

    expect(await find('lighthouse')).toEqual([prompts[1], prompts[0]]);
    expect(await find('  DAWN  light ')).toEqual([prompts[0]]);
    expect(await find('灯塔')).toEqual([prompts[2]]);
    expect([await find('100%'), await find('_'), await find('\\'), await find("'")]).toEqual([
      [prompts[0]],
      [prompts[3]],
      [],
      [],
    ]);
    expect((await api.request('/v1/calls?prompt=a%00b')).status).toBe(422);
    expect((await api.request(`/v1/calls?prompt=${'a+'.repeat(11)}`)).status).toBe(422);
    expect((await api.request('/v1/calls?batchId=%00')).status).toBe(422);
    expect((await api.request<Page>('/v1/calls?prompt=lighthouse&operation=image-to-image')).body.items).toEqual([]);
  });

  test('filters by status, operation, integration and time', async () => {
    const before = new Date().toISOString();
    const [failedId, pendingId] = [await accept(), await accept()];
    await api.change(failedId, [{ type: 'call.failed', data: { error: failure('internal', 'x') } }]);
    const list = async (query: string) =>
      (await api.request<Page>(`/v1/calls?createdAfter=${before}&${query}`)).body.items.map(({ id }) => id);

    expect(await list('status=failed')).toEqual([failedId]);
    expect(await list('status=pending&status=failed')).toEqual([pendingId, failedId]);
    expect(await list('operation=text-to-image&integration=nanobanana2')).toEqual([pendingId, failedId]);
    expect(await list('operation=image-to-image')).toEqual([]);
    expect(await list('integration=nanobanana2&integration=sora')).toEqual([pendingId, failedId]);
    expect(await list('integration=sora&integration=veo')).toEqual([]);
    expect(await list(`createdBefore=${before}`)).toEqual([]);
  });
});
