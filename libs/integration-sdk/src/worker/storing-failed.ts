import type { FailureCode } from '@darkroom/contract';

const name = 'StoringFailed';

/** A paid result could not be stored now; trying again later may succeed. The code is the call's if it never does. */
export class StoringFailed extends Error {
  override readonly name = name;
  readonly code: FailureCode;

  constructor(
    code: Extract<FailureCode, 'storage_unavailable' | 'result_unavailable'>,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.code = code;
  }
}

/** The provider says that there is a result, and it is not at its address: it may be on its way. */
export class ResultMissing extends StoringFailed {
  constructor(reason: string) {
    super('result_unavailable', `The result is not at its address: ${reason}`, undefined);
  }
}

/** The failure code of an error that storing met; `internal` for one that nobody expected. */
export function failureCodeOf(error: unknown): FailureCode {
  return error instanceof StoringFailed ? error.code : 'internal';
}
