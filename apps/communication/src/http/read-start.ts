import type { IncomingMessage } from 'node:http';
import { endOfLog } from '../log/log-reader.ts';
import type { Refusal } from './problems.ts';

/** Where a stream of server-sent events begins, and who asks for it. */
export interface StreamStart {
  token: string;
  after: number;
}

const tokenPlace = 'Send the token of POST /v1/tokens as `Authorization: Bearer <token>`';

/** Reads the start of a stream out of a request's headers and address. `Last-Event-ID`, which a browser sends by itself, wins over `after`. */
export function readStart({ headers, url = '' }: IncomingMessage): StreamStart | Refusal {
  const query = new URL(url, 'http://localhost').searchParams;
  const stranger = [...query.keys()].find((name) => name !== 'after');
  if (stranger !== undefined) {
    const detail = `The address may have \`after\` and nothing else. ${tokenPlace}: addresses are logged.`;
    return { code: 'invalid_request', detail };
  }
  const token = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return { code: 'unauthenticated', detail: `${tokenPlace}.` };
  const lastEventId = headers['last-event-id'];
  const after = toSequence(lastEventId === undefined ? (query.get('after') ?? '0') : String(lastEventId));
  if (after === undefined) {
    const detail = '`after` and `Last-Event-ID` are the sequence that you have seen last, or `latest`.';
    return { code: 'invalid_request', detail };
  }
  return { token, after };
}

function toSequence(text: string): number | undefined {
  if (text === 'latest') return endOfLog;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
