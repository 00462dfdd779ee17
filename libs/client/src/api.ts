import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './generated/open-api.ts';

/** The API of `main`, typed by its OpenAPI document. */
export type Api = Client<paths, 'application/json'>;

export interface ApiOptions {
  baseUrl: string;
  apiKey: string | undefined;
  fetch: ((request: Request) => Promise<Response>) | undefined;
}

export function createApi({ baseUrl, apiKey, fetch }: ApiOptions): Api {
  return createClient<paths, 'application/json'>({
    baseUrl,
    ...(fetch !== undefined && { fetch }),
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
  });
}

type Content<Response, MediaType extends string> = Response extends { content: Record<MediaType, infer Body> }
  ? Body
  : never;

/** An error answer of the API. */
export type ApiProblem = Content<components['responses'][keyof components['responses']], 'application/problem+json'>;

type Answer<Operation, Status extends number> = Operation extends { responses: Record<Status, infer Response> }
  ? Content<Response, 'application/json'>
  : never;
type Body<Operation> = Operation extends { requestBody: { content: Record<'application/json', infer Sent> } }
  ? Sent
  : never;
type Query<Operation> = Operation extends { parameters: { query?: infer Asked } } ? NonNullable<Asked> : never;

export type Call = Answer<paths['/v1/calls/{id}']['get'], 200>;
export type NewCall = Body<paths['/v1/calls']['post']>;
export type CallsQuery = Query<paths['/v1/calls']['get']>;
export type CancelAnswer = Answer<paths['/v1/calls/{id}/cancel']['post'], 200>;
export type NewRequest = Body<paths['/v1/requests']['post']>;
export type Batch = Answer<paths['/v1/batches/{id}']['get'], 200>;
export type NewBatch = Body<paths['/v1/batches']['post']>;
export type BatchesQuery = Query<paths['/v1/batches']['get']>;
export type CancelBatchAnswer = Answer<paths['/v1/batches/{id}/cancel']['post'], 200>;
export type Artifact = Answer<paths['/v1/artifacts/{id}']['get'], 200>;
export type Upload = Answer<paths['/v1/uploads/{id}']['get'], 200>;
export type Integration = Answer<paths['/v1/integrations/{name}']['get'], 200>;
export type StreamToken = Answer<paths['/v1/tokens']['post'], 201>;
export type NewSession = Answer<paths['/v1/session']['post'], 201>;
export type SessionState = Answer<paths['/v1/session']['get'], 200>;
export type LogQuery = Query<paths['/v1/events']['get']>;

/** A page of a list: `nextCursor` goes back as `cursor`, and is null at the end. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
