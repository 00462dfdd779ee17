import type { StreamErrorCode } from '@darkroom/contract';
import type { ErrorNotice } from './wire.ts';

/** What each error of a stream tells its reader to do next. */
const details = {
  not_json: 'Send one JSON object in a text message, for instance {"type":"subscribe","token":"…"}.',
  unknown_message: 'Send a message of the type subscribe, unsubscribe or renew.',
  token_refused: 'Get a token of POST /v1/tokens for this subject and account, and send that.',
  token_expired: 'Get a new token of POST /v1/tokens and subscribe again behind the last sequence you have.',
  session_ended: 'Sign in again, get a new token of POST /v1/tokens, and subscribe again.',
  already_subscribed: 'This connection follows the subject already. Unsubscribe first to follow it from elsewhere.',
  not_subscribed: 'This connection does not follow the subject. Subscribe to it first.',
  too_many_subscriptions: "Unsubscribe from others, open another connection, or follow the account's events.",
  sequence_ahead: "Subscribe behind a sequence that the account's log has.",
  events_removed:
    'Events that you ask for were removed after the time that this server keeps them. Read on behind `removedThrough`; the state of a call or a batch is complete without them.',
  log_away: 'The log cannot be read now. Nothing needs to be done: its events follow when it can.',
} as const satisfies Record<StreamErrorCode, string>;

export type ErrorFacts = Pick<ErrorNotice, 'subject' | 'removedThrough'> & { detail?: string };

/** An error as the stream tells it, with what to do next. */
export function errorNotice(code: StreamErrorCode, facts: ErrorFacts = {}): ErrorNotice {
  return { type: 'error', code, detail: details[code], ...facts };
}
