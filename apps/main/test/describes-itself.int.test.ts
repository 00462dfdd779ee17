import { expect, test } from '@jest/globals';
import { type Call, integrationSchema, pageSchema } from '@darkroom/contract';
import { courseOf } from './public-api.ts';
import { setUpStoringApi } from './set-up-storing-api.ts';
import { storeArtifact } from './store-artifact.ts';
import { until } from './until.ts';

let temporalIsUp = true;
const api = setUpStoringApi(
  () => ({
    readinessChecks: {
      postgres: () => api.pool.query('select 1'),
      temporal: () => (temporalIsUp ? Promise.resolve() : Promise.reject(new Error('no answer'))),
    },
  }),
  { wanted: { postgres: true } },
);

test('downloads an artifact through a fresh signed address, under a readable name', async () => {
  const { body: call } = await api.submit({
    body: { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'Ein Löwe — in "Paris", 晨光' } },
  });
  const bytes = Buffer.from('the very bytes');
  await api.objectStore.put({ key: 'test/alpha/1-0.png', bytes, contentType: 'image/png' });
  const id = 'art_01k3x5c5jyfvhbqm6w8r9c4r3n';
  const facts = { content_type: 'image/png', width: 2, height: 3, bytes: bytes.length, sha256: 'a'.repeat(64) };
  await api.database
    .insertInto('artifacts')
    .values({
      id,
      account_id: 'alpha',
      call_id: call.id,
      attempt: 1,
      position: 0,
      object_key: 'test/alpha/1-0.png',
      ...facts,
    })
    .execute();

  const redirect = await api.open(`/v1/artifacts/${id}/download`);
  const download = await fetch(redirect.headers.get('location') ?? '');
  expect([redirect.status, redirect.headers.get('cache-control')]).toEqual([302, 'private, no-store']);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  expect(download.headers.get('content-type')).toBe('image/png');
  expect(decodeURIComponent(download.headers.get('content-disposition') ?? '')).toContain(
    'nanobanana2-text-to-image-ein-löwe-in-paris-晨光-1.png',
  );
  expect((await api.request(`/v1/artifacts/${id}`)).body).toMatchObject({
    artifactId: id,
    callId: call.id,
    url: `${api.url}/v1/artifacts/${id}/download`,
  });
});

test('has a small picture of an artifact, which browsers may keep and ask for again, and names it with the call', async () => {
  const { body: call } = await api.submit();
  const { id, sha256 } = await storeArtifact(api, { callId: call.id, objectStore: api.objectStore });
  const images = [{ artifactId: id, contentType: 'image/png', bytes: 1, sha256, width: 2, height: 3 }];
  await api.change(call.id, [courseOf(call.id).processing, { type: 'call.completed', data: { output: { images } } }]);
  const { thumbnailUrl } = (await api.request<Call>(`/v1/calls/${call.id}`)).body;
  const path = (thumbnailUrl ?? '').replace(api.url, '');
  const picture = await api.open(path);

  expect(path).toBe(`/v1/artifacts/${id}/thumbnail`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(picture.headers.get('cache-control')).toBe('private, no-cache');
  expect([...Buffer.from(await picture.arrayBuffer()).subarray(0, 2)]).toEqual([0xff, 0xd8]);
  const known = { 'if-none-match': picture.headers.get('etag') ?? '' };
  expect((await api.open(path, { headers: known })).status).toBe(304);
  expect((await api.open(path, { account: 'beta', headers: known })).status).toBe(404);
  const film = await storeArtifact(api, { callId: call.id, objectStore: api.objectStore, contentType: 'video/mp4' });
  expect((await api.open(`/v1/artifacts/${film.id}/thumbnail`)).status).toBe(404);
});

test('lists the integrations with the JSON Schemas of their operations and tasks, and says which are enabled', async () => {
  const { body } = await api.request('/v1/integrations');
  const { items } = pageSchema(integrationSchema.strict()).parse(body);

  expect(items.map(({ name, enabled }) => [name, enabled])).toEqual([
    ['example', false],
    ['nanobanana2', true],
  ]);
  const textToImage = items[1]?.operations.find(({ name }) => name === 'text-to-image');
  expect(textToImage?.takesRequests).toBe('image');
  expect(items[1]?.operations.map(({ name, mediaFields }) => [name, mediaFields])).toEqual([
    ['text-to-image', {}],
    ['image-to-image', { images: { kind: 'image' } }],
  ]);
  expect(textToImage?.inputSchema).toMatchObject({ type: 'object', required: ['prompt'], additionalProperties: false });
  expect(items[0]?.tasks).toMatchObject([
    { name: 'example_contact_sheet', paramsSchema: { required: ['prompts'], additionalProperties: false } },
    { name: 'example_task_states', paramsSchema: { required: ['externalIds'], additionalProperties: false } },
  ]);
  expect((await api.request('/v1/integrations/nanobanana2')).body).toEqual(items[1]);
});

test('describes every route in OpenAPI 3.1, and has a page for it', async () => {
  const { body } = await api.request<{ openapi: string; paths: Record<string, Record<string, { responses: object }>> }>(
    '/openapi.json',
  );
  const page = await api.open('/docs/');
  const script = await api.open('/docs/static/swagger-ui-bundle.js');

  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths).sort()).toEqual([
    '/.well-known/webhook-keys.json',
    '/healthz',
    '/readyz',
    '/v1/account/notifications',
    '/v1/account/webhook-secret',
    '/v1/artifacts/{id}',
    '/v1/artifacts/{id}/content',
    '/v1/artifacts/{id}/download',
    '/v1/artifacts/{id}/thumbnail',
    '/v1/batches',
    '/v1/batches/{id}',
    '/v1/batches/{id}/archive',
    '/v1/batches/{id}/cancel',
    '/v1/batches/{id}/events',
    '/v1/calls',
    '/v1/calls/{id}',
    '/v1/calls/{id}/cancel',
    '/v1/calls/{id}/events',
    '/v1/calls/{id}/refresh',
    '/v1/calls/{id}/retry',
    '/v1/events',
    '/v1/integrations',
    '/v1/integrations/{name}',
    '/v1/notifications',
    '/v1/notifications/{id}',
    '/v1/notifications/{id}/resend',
    '/v1/requests',
    '/v1/session',
    '/v1/tasks/{name}',
    '/v1/tasks/{name}/{taskId}',
    '/v1/tasks/{name}/{taskId}/cancel',
    '/v1/tokens',
    '/v1/uploads',
    '/v1/uploads/{id}',
    '/v1/uploads/{id}/content',
    '/v1/uploads/{id}/thumbnail',
  ]);
  expect(Object.keys(body.paths['/v1/calls']?.['post']?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '202', '409', '413', '415', '422', '503']),
  );
  const answersOf = (verb: string) =>
    Object.keys(body.paths[`/v1/calls/{id}/${verb}`]?.['post']?.responses ?? {}).sort();
  expect([answersOf('cancel'), answersOf('refresh'), answersOf('retry')]).toEqual([
    ['200', '401', '403', '404', '500', '503'],
    ['202', '401', '403', '404', '500', '503'],
    ['202', '401', '403', '404', '409', '422', '500', '503'],
  ]);
  expect(body.paths['/v1/tasks/{name}']?.['post']).toMatchObject({
    requestBody: { content: { 'application/json': { schema: { properties: { params: {}, taskId: {} } } } } },
    responses: { 202: {}, 404: {}, 413: {}, 422: {}, 503: {} },
  });
  const field = (value: string) => ({ properties: { type: { enum: [value] } }, additionalProperties: false });
  expect(body.paths['/v1/requests']?.['post']).toMatchObject({
    requestBody: { content: { 'application/json': { schema: { oneOf: [field('image'), field('video')] } } } },
  });
  expect(body.paths['/v1/batches']?.['post']).toMatchObject({
    requestBody: { content: { 'application/json': {}, 'application/x-ndjson': {} } },
  });
  expect(body.paths['/v1/uploads']?.['post']).toMatchObject({
    requestBody: {
      content: { 'multipart/form-data': { schema: { properties: { file: { type: 'string', format: 'binary' } } } } },
    },
  });
  expect([page.status, script.status]).toEqual([200, 200]);
  expect(await page.text()).toContain('swagger-ui');
  expect(await script.text()).toContain('SwaggerUIBundle');
});

test('readiness names what is away, and is lost only where nothing can be accepted', async () => {
  // What does not answer within two seconds counts as away.
  const untilIs = (status: string) =>
    until(
      () => api.request<{ status: string }>('/readyz'),
      ({ body }) => body.status === status,
    );
  expect(await untilIs('ready')).toMatchObject({
    status: 200,
    body: { status: 'ready', dependencies: { postgres: { status: 'up' }, temporal: { status: 'up' } } },
  });
  temporalIsUp = false;
  expect(await untilIs('degraded')).toMatchObject({
    status: 200,
    body: { status: 'degraded', dependencies: { temporal: { status: 'down', detail: 'no answer' } } },
  });
  await api.middleware.postgres.stop();
  expect(await untilIs('not_ready')).toMatchObject({
    status: 503,
    body: { status: 'not_ready', dependencies: { postgres: { status: 'down' } } },
  });

  const refusals = [
    await api.refused({ body: { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt: 'x' } } }),
    await api.refused({ path: '/v1/calls', method: 'GET' }),
  ];
  for (const { status, body, headers } of refusals) {
    expect([status, body.code, body.retryable, Number(headers.get('retry-after')) > 0]).toEqual([
      503,
      'database_unavailable',
      true,
      true,
    ]);
  }
  expect((await api.request('/healthz')).status).toBe(200);
  await api.middleware.postgres.start();
  expect((await api.submit()).status).toBe(202);
});
