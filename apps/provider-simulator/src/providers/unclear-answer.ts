import type { UnclearFault } from '../plans/fault.schema.ts';
import type { ProviderAnswer, Refusal } from './image-dialect.ts';

const proxyPage = [
  '<html>',
  '<head><title>503 Service Temporarily Unavailable</title></head>',
  '<body>',
  '<center><h1>503 Service Temporarily Unavailable</h1></center>',
  '<hr><center>nginx</center>',
  '</body>',
  '</html>',
  '',
].join('\r\n');

interface Provider {
  refuse(refusal: Refusal): ProviderAnswer;
}

/** An answer from which nobody can tell whether the request was accepted: from a proxy, or the provider's own crash. */
export function unclearAnswer({ kind }: UnclearFault, provider: Provider, apiKey: string): ProviderAnswer {
  switch (kind) {
    case 'internal_error':
      return provider.refuse({ kind });
    case 'internal_error_with_key':
      return withKeyInMessages(provider.refuse({ kind: 'internal_error' }), apiKey);
    case 'unavailable_html':
      return { status: 503, headers: { 'content-type': 'text/html', server: 'nginx' }, body: proxyPage };
    case 'empty_408':
    case 'empty_499':
    case 'empty_502':
    case 'empty_503':
    case 'empty_504':
      return { status: Number(kind.slice('empty_'.length)), headers: {}, body: '' };
  }
}

const messages = new Set(['message', 'msg']);

/** A gateway that repeats what it was asked with, in the envelope of the provider behind it. */
function withKeyInMessages(answer: ProviderAnswer, apiKey: string): ProviderAnswer {
  const body = JSON.parse(String(answer.body), (field, value: unknown) =>
    messages.has(field) && typeof value === 'string' ? `${value} (upstream refused key ${apiKey})` : value,
  ) as unknown;
  return { ...answer, body: JSON.stringify(body) };
}
