import type { ProviderRequest, ProviderResponse } from './call-handler.ts';
import type { ProviderQuery } from './poll-handler.ts';

/**
 * What became of a paid request. `not_sent`: the provider cannot have taken it. `no_answer`: it may have. `answer_too_large`: it took it, and
 * answered with more than can be kept. The reasons are for
 * people and hold no secret.
 */
export type ProviderReply =
  | { kind: 'answered'; response: ProviderResponse }
  | { kind: 'answer_too_large'; reason: string }
  | { kind: 'not_sent'; reason: string }
  | { kind: 'no_answer'; reason: string };

/** Sends a paid request once: a fresh connection, no retry, no redirect, and a time-out at `deadlineAt` and not before. */
export interface ProviderHttp {
  /** The request with its body as it goes over the wire. Fails where it cannot be encoded. */
  encode(request: ProviderRequest): ProviderRequest;
  send(request: ProviderRequest, options: { deadlineAt: Date }): Promise<ProviderReply>;
  /** Asks a question that costs nothing, over a pooled connection. An abort of `signal` is a `no_answer`. */
  query(query: ProviderQuery, options: { timeoutMs: number; signal?: AbortSignal }): Promise<ProviderReply>;
}

/**
 * A download through the guarded client. `refused` and `gone`: never worth trying again, with the reason. `unavailable`: it may be.
 * `missing`: the server has no such file for us, which some say of one that they have not passed on yet.
 */
export type Download =
  | { kind: 'downloaded'; bytes: Uint8Array }
  | { kind: 'refused'; reason: string }
  | { kind: 'gone'; reason: string }
  | { kind: 'missing'; reason: string }
  | { kind: 'unavailable'; reason: string };

/** Fetches from addresses that users or providers chose; it never reaches private ones. */
export interface GuardedHttp {
  download(
    url: string,
    options: { maxBytes: number; timeoutMs: number; headers?: Record<string, string> },
  ): Promise<Download>;
}
