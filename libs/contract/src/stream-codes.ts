/**
 * Every error that a stream tells on a connection, which goes on. `token_refused`: forged, for something else or not readable; a subscription that it was
 * to renew keeps its own. `token_expired`, `session_ended`: the subscription is over, others are not; as the answer to a `renew`, it keeps the token that
 * it has. `sequence_ahead`: `after` is greater than the account's last sequence. `events_removed`: retention removed what comes after `after`; read on
 * behind `removedThrough`. `log_away`: the log cannot be read now, perhaps from here only; the subscription stays, and when it can, another `subscribed`
 * comes and its events follow without another message of the client. A stream of server-sent events ends with it.
 */
export const streamErrorCodes = [
  'not_json',
  'unknown_message',
  'token_refused',
  'token_expired',
  'session_ended',
  'already_subscribed',
  'not_subscribed',
  'too_many_subscriptions',
  'sequence_ahead',
  'events_removed',
  'log_away',
] as const;
export type StreamErrorCode = (typeof streamErrorCodes)[number];

/** How a WebSocket may be closed by us: the code, a reason of at most 123 bytes, and whether to connect again and resume. */
interface StreamClosing {
  code: number;
  reason: string;
  /** `now`: at once, with the usual growing wait where it fails. `later`: after some seconds. `never`: not before something was changed. */
  reconnect: 'now' | 'later' | 'never';
}

/** Every way in which we close a stream. What a client saw last stays true: it resumes behind the last sequence it has. */
export const streamClosings = {
  going_away: {
    code: 1001,
    reason: 'The server stops. Connect again and resume behind the last sequence you have.',
    reconnect: 'now',
  },
  message_too_large: { code: 1009, reason: 'A message may have at most 16 KB.', reconnect: 'never' },
  too_many_faults: {
    code: 4000,
    reason: 'Too many messages in a row were wrong. Correct what the errors say.',
    reconnect: 'never',
  },
  nothing_subscribed: {
    code: 4001,
    reason: 'Nothing is subscribed. Connect again when there is something to follow.',
    reconnect: 'never',
  },
  too_slow: {
    code: 4002,
    reason: 'Events are read too slowly. Connect again and resume behind the last sequence you have.',
    reconnect: 'now',
  },
  too_many_connections: {
    code: 4003,
    reason: 'Too many connections. Close some, or try again later.',
    reconnect: 'later',
  },
} as const satisfies Record<string, StreamClosing>;
export type StreamClosingName = keyof typeof streamClosings;
export const streamClosingNames = Object.keys(streamClosings) as [StreamClosingName, ...StreamClosingName[]];

/** The largest message of a client, in bytes. */
export const maxStreamMessageBytes = 16 * 1024;
