/**
 * `not_sent`: no connection was made, so the provider cannot have taken the request. `after_sending`: the request, or part of
 * it, was sent and there is no whole answer: nobody can know. `answer_too_large`: the provider answered with a success, which is
 * longer than is taken.
 */
export type ProviderRequestStage = 'not_sent' | 'after_sending' | 'answer_too_large';

const name = 'ProviderRequestError';

/** A paid request without an answer. `timedOut` tells a deadline from a broken connection. */
export class ProviderRequestError extends Error {
  override readonly name = name;
  readonly stage: ProviderRequestStage;
  readonly timedOut: boolean;

  constructor(
    stage: ProviderRequestStage,
    message: string,
    { timedOut, cause }: { timedOut: boolean; cause?: unknown },
  ) {
    super(message, { cause });
    this.stage = stage;
    this.timedOut = timedOut;
  }
}

export function isProviderRequestError(error: unknown): error is ProviderRequestError {
  return error instanceof Error && error.name === name;
}

export function notSent(
  host: string,
  reason: string,
  more: { timedOut: boolean; cause?: unknown },
): ProviderRequestError {
  return new ProviderRequestError('not_sent', `No connection to ${host} (${reason})`, more);
}
