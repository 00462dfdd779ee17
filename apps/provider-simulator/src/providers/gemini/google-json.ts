import type { ProviderAnswer } from '../image-dialect.ts';

/** JSON as Google's front end writes it: indented, with a line's end, and the charset in capitals. */
export function googleJson(status: number, body: object): ProviderAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: `${JSON.stringify(body, null, 2)}\n`,
  };
}
