import type { SwaggerTransformObject } from '@fastify/swagger';

const mediaType = 'application/problem+json';

/** Names the problems of each status once, under `components`, where every route would tell of them anew. */
export const shareProblems: SwaggerTransformObject = (document) => {
  if (!('openapiObject' in document)) return document.swaggerObject;
  const { openapiObject } = document;
  const problems = new Map<string, object>();
  const paths: Record<string, Record<string, unknown> | undefined> = openapiObject.paths ?? {};
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path ?? {}))) {
    if (!hasResponses(operation)) continue;
    for (const [status, response] of Object.entries(operation.responses)) {
      if (response.content?.[mediaType] === undefined) continue;
      problems.set(`Problem${status}`, response);
      operation.responses[status] = { $ref: `#/components/responses/Problem${status}` };
    }
  }
  const responses = Object.fromEntries([...problems].sort(([one], [other]) => one.localeCompare(other)));
  return Object.assign({}, openapiObject, { components: { ...openapiObject.components, responses } });
};

interface Response {
  content?: Record<string, unknown>;
  $ref?: string;
}

function hasResponses(operation: unknown): operation is { responses: Record<string, Response> } {
  return typeof operation === 'object' && operation !== null && 'responses' in operation;
}
