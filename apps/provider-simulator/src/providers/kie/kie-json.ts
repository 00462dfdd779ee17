import type { ProviderAnswer } from '../image-dialect.ts';

/** kie's envelope around everything. The HTTP status is 200 even for most errors: `code` decides. */
export function kieJson(code: number, msg: string, data: object | null, status = 200): ProviderAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, msg, data }) };
}
