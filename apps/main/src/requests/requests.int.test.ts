import { describe, expect, test } from '@jest/globals';
import { callSchema } from '@darkroom/contract';
import { definition as fangzhou } from '@darkroom/integrations-fangzhou-video-generation';
import { courseOf, type RequestOptions } from '../../test/public-api.ts';
import { image, requestProviders, setUpRequests, video } from '../../test/set-up-requests.ts';
import { until } from '../../test/until.ts';

const { api, ask, listed, noted } = setUpRequests();

const hook = 'https://shop.example/hook';
const refused = (body: unknown, options: RequestOptions = {}) =>
  api.refused({ path: '/v1/requests', body, ...options });
const pathsOf = async (body: unknown) => {
  const refusal = await refused(body);
  expect(refusal.status).toBe(422);
  return refusal.body.errors?.map(({ path }) => path);
};

describe('POST /v1/requests', () => {
  test('takes `webhookUrl` as a subscription to the end of the call', async () => {
    const { body: call } = await ask({ ...image, webhookUrl: hook });
    const subscriptions = await api.database
      .selectFrom('subscriptions')
      .select(['channel', 'target', 'event_types'])
      .where('call_id', '=', call.id)
      .execute();

    expect(subscriptions).toEqual([
      { channel: 'webhook', target: hook, event_types: ['call.completed', 'call.failed', 'call.cancelled'] },
    ]);
  });

  test('makes a request for images, with its defaults, a call of the operation that is configured', async () => {
    const wakesBefore = noted.wakes;
    const accepted = await ask({ ...image, metadata: { order: '7' } });

    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(accepted.body.urls.self);
    expect(callSchema.strict().parse(accepted.body)).toMatchObject({
      status: 'pending',
      integration: 'nanobanana2',
      operation: 'text-to-image',
      input: { prompt: 'a lighthouse at dawn\n\nStyle: photorealistic', aspectRatio: '1:1' },
      metadata: { order: '7' },
      request: {
        type: 'image',
        notHonoured: [],
        honouredAs: [{ field: 'style', as: 'the last words of the prompt' }],
      },
    });
    expect(noted.wakes).toBe(wakesBefore + 1);
    expect((await api.request(`/v1/calls/${accepted.body.id}`)).body).toEqual(accepted.body);
  });

  test('lists in the answer what the provider cannot honour, rather than ignoring it silently', async () => {
    const { body } = await ask({ ...video, seed: 7 });

    expect(body).toMatchObject({
      integration: 'veo',
      operation: 'text-to-video',
      input: { durationSeconds: 8, aspectRatio: '16:9', resolution: '1080p' },
    });
    expect(body.request).toMatchObject({
      type: 'video',
      notHonoured: [
        { field: 'duration', reason: 'It is 8 s, the nearest length that is offered.' },
        { field: 'fps', reason: 'The provider lets nobody choose the frame rate: it is always 24.' },
        { field: 'seed', reason: 'The provider has no such parameter.' },
      ],
    });
  });

  test('makes it a call of the integration, or of the operation, that the request names', async () => {
    const named = await ask({ ...image, provider: 'seedream', numImages: 3 });
    const withImages = await ask({ ...image, images: ['https://a.example/1.png'] });
    const precise = await ask({ ...video, provider: 'veo/image-to-video', image: 'https://a.example/1.png' });

    expect(named.body).toMatchObject({ integration: 'seedream', operation: 'text-to-image', input: { count: 3 } });
    expect(withImages.body).toMatchObject({ integration: 'nanobanana2', operation: 'image-to-image' });
    expect(precise.body).toMatchObject({ operation: 'image-to-video', input: { image: 'https://a.example/1.png' } });
  });

  test('takes what every call takes', async () => {
    const cancelAfter = new Date(Date.now() + 3_600_000).toISOString();
    const startAt = new Date(Date.now() + 1_800_000).toISOString();

    expect((await ask({ ...image, cancelAfter, startAt })).body).toMatchObject({ cancelAfter, startAt });
    expect(await pathsOf({ ...image, cancelAfter: '2020-01-01T00:00:00Z' })).toEqual(['/cancelAfter']);
  });

  test('waits for the end where the request prefers to, and keeps to its Idempotency-Key', async () => {
    const headers = { prefer: 'wait=30', 'idempotency-key': 'a-key' };
    const waiting = ask({ ...image, requestId: 'waited for' }, { headers });
    const call = await until(
      () => listed('requestId=waited%20for'),
      (calls) => calls.length === 1,
    );
    const { processing, completed } = courseOf(call[0]?.id ?? '');
    await api.change(call[0]?.id ?? '', [processing, completed]);
    const answer = await waiting;
    const other = await refused({ ...image, prompt: 'another' }, { headers });

    expect(answer).toMatchObject({ status: 200, body: { status: 'completed', id: call[0]?.id } });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });
});

describe('POST /v1/requests refuses', () => {
  const bad: [name: string, body: unknown, paths: string[]][] = [
    ['no type', { prompt: 'a' }, ['/type']],
    ['an unknown type', { type: 'song', prompt: 'a' }, ['/type']],
    ['a list', [image], ['']],
    ['null', null, ['']],
    ['no prompt', { type: 'image' }, ['/prompt']],
    ['an unknown field', { ...image, colour: 'red' }, ['/colour']],
    ['a field of the other type', { ...video, width: 100 }, ['/width']],
    ['a `webhookUrl` at loopback', { ...image, webhookUrl: 'http://127.0.0.1/hook' }, ['/webhookUrl']],
    ['a webhook at loopback', { ...image, webhook: { url: 'http://127.0.0.1/hook' } }, ['/webhook/url']],
    ['a `webhookUrl` and a webhook', { ...image, webhookUrl: hook, webhook: { url: hook } }, ['/webhookUrl']],
    ['several faults at once', { ...image, prompt: ' ', width: 1.5, steps: 0 }, ['/prompt', '/width', '/steps']],
    ['a resolution that is none', { ...video, resolution: '1080p' }, ['/resolution']],
    ['text that PostgreSQL cannot store', { ...image, userId: 'a\0b', requestId: 'a\0b' }, ['/requestId', '/userId']],
    ['a prompt longer than the provider takes', { ...image, prompt: 'a'.repeat(20_001) }, ['/prompt']],
    ['an image at loopback', { ...image, images: ['https://a.example', 'http://127.0.0.1/1.png'] }, ['/images/1']],
    ['an upload that is not there', { ...image, images: [upload()] }, ['/images/0/uploadId']],
    ['a first frame at loopback', { ...video, provider: fangzhou.name, image: 'http://127.0.0.1/1.png' }, ['/image']],
    ['an image for an operation that takes none', { ...video, image: 'https://a.example/1.png' }, ['/image']],
    ['no image for one that needs one', { ...image, provider: 'nanobanana2/image-to-image' }, ['/images']],
    ['more images than the provider takes', { ...image, provider: 'seedream', images: eleven() }, ['/images']],
    ['a provider of another kind', { ...image, provider: 'veo' }, ['/provider']],
    ['a provider that is none', { ...image, provider: 'midday' }, ['/provider']],
    ['a provider that is disabled', { ...image, provider: 'example' }, ['/provider']],
    ['an operation that the provider has not', { ...image, provider: 'veo/text-to-song' }, ['/provider']],
  ];

  test.each(bad)("%s, with the path of the request's own field", async (_name, body, paths) => {
    const before = await api.countRows('calls');
    expect((await pathsOf(body))?.sort()).toEqual(paths.sort());
    expect(await api.countRows('calls')).toBe(before);
  });

  test('a request that names no provider where none is configured, saying how', async () => {
    const bare = await api.startAnother(requestProviders({ image: undefined, video: undefined }));
    try {
      const refusal = await bare.refused({ path: '/v1/requests', body: image });
      const named = await bare.request('/v1/requests', { method: 'POST', body: { ...image, provider: 'seedream' } });

      expect(refusal).toMatchObject({ status: 422, body: { code: 'no_provider' } });
      expect(refusal.body.detail).toContain('Name one in `provider`, or set IMAGE_PROVIDER');
      expect(refusal.body.errors).toMatchObject([{ path: '/provider' }]);
      expect(named.status).toBe(202);
    } finally {
      await bare.close();
    }
  });

  function upload() {
    return { uploadId: 'upl_01h2xcejqtf2nbrexx3vqjhp41' };
  }
  function eleven() {
    return Array.from({ length: 11 }, (_, index) => `https://a.example/${index}.png`);
  }
});
