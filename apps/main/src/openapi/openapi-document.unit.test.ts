import { beforeAll, expect, test } from '@jest/globals';
import { problemKinds } from '../problems/problem-codes.ts';
import { makeOpenApiDocument } from './openapi-document.ts';

interface Described {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  components: { responses: Record<string, { content: Record<string, { schema: { properties: { code: object } } }> }> };
}

let document: Described;

beforeAll(async () => {
  document = (await makeOpenApiDocument()) as Described;
});

test('the document can be made without a server or anything behind it', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/v1/calls/{id}/cancel');
});

test('tells of the problems of each status once, with the codes that they may have', () => {
  const codes = Object.entries(problemKinds).flatMap(([code, { status }]) => (status === 409 ? [code] : []));

  expect(document.paths['/v1/calls']?.['post']?.responses['409']).toEqual({
    $ref: '#/components/responses/Problem409',
  });
  expect(
    document.components.responses['Problem409']?.content['application/problem+json']?.schema.properties.code,
  ).toEqual({ type: 'string', enum: codes });
});
