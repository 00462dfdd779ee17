import type { StreamToken } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import { orAborted } from '../http/or-aborted.ts';
import { type Subject, subjectName } from './events.ts';

/** Gets a stream token of a subject from whoever has an API key: the answer of `POST /v1/tokens` as it is. */
export type StreamTokenSource = (subject: Subject) => Promise<StreamToken>;

const longestAnswerMs = 15_000;

/**
 * Asks an application for a token. What the application rejects with is an outage of its server, to be tried again, unless it is a DarkroomError, which
 * says by itself what it is. Rejects with a TypeError where the answer is no token of the subject: no new attempt would mend the application.
 */
export async function askForGivenToken(
  source: StreamTokenSource,
  subject: Subject,
  signal: AbortSignal,
): Promise<StreamToken> {
  const token = await answerOf(source, subject, signal);
  const isToken =
    [token?.token, token?.streamUrl, token?.expiresAt].every((part) => typeof part === 'string') &&
    Number.isSafeInteger(token.lastSequence);
  if (isToken && token.subject === subjectName(subject)) return token;
  const found = isToken ? `a token of ${token.subject}` : 'something else';
  throw new TypeError(
    `streamToken has to resolve with what POST /v1/tokens answered for ${subjectName(subject)}, and resolved with ${found}.`,
  );
}

async function answerOf(source: StreamTokenSource, subject: Subject, signal: AbortSignal): Promise<StreamToken> {
  signal.throwIfAborted();
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(longestAnswerMs)]);
    return await orAborted(Promise.resolve(subject).then(source), patience);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof DarkroomError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DarkroomError('no_answer', `streamToken gave no token (${why}).`, { retryable: true, cause });
  }
}
