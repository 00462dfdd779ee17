import type { ProviderAnswer } from '../image-dialect.ts';

interface Envelope {
  readonly code: number;
  readonly msg: string;
  readonly data: object | null;
}

/** kie's envelope around everything. The HTTP status is 200 even for most errors: `code` decides. */
export function kieJson({ code, msg, data }: Envelope, status = 200): ProviderAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, msg, data }) };
}

export function kieSuccess(data: object): ProviderAnswer {
  return kieJson({ code: 200, msg: 'success', data });
}
