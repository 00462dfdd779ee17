/** Thrown by a task's code to say which code the failure has, and whether another attempt may help. */
export class AsyncTaskError extends Error {
  override readonly name = 'AsyncTaskError';
  /** Letters, digits, `_`, `.` and `-`, at most 100. */
  readonly code: string;
  /** False: no further attempt is made. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? true;
  }
}

/** Thrown into a generator at the yield of a step that has failed for good. What catches it may go on with other steps. The message has at most 512 bytes. */
export class AsyncTaskStepError extends Error {
  override readonly name = 'AsyncTaskStepError';
  readonly step: string;
  readonly code: string;

  constructor({ step, code, message }: { step: string; code: string; message: string }) {
    super(message);
    this.step = step;
    this.code = code;
  }
}

/** There is no task of this name with this id, or its history is kept no longer. */
export class AsyncTaskNotFoundError extends Error {
  override readonly name = 'AsyncTaskNotFoundError';
  readonly code = 'task_not_found';

  constructor(name: string, taskId: string) {
    super(`There is no task "${taskId}" of "${name}".`);
  }
}

/** Something else that runs in the namespace, or ran there, has the id. */
export class AsyncTaskIdTakenError extends Error {
  override readonly name = 'AsyncTaskIdTakenError';
  readonly code = 'task_id_taken';

  constructor(name: string, taskId: string) {
    super(`The id "${taskId}" belongs to something else than a task of "${name}": choose another taskId.`);
  }
}

/** The task has no client yet, or the component was stopped. */
export class AsyncTaskNotConnectedError extends Error {
  override readonly name = 'AsyncTaskNotConnectedError';
  readonly code = 'task_not_connected';

  constructor(what: string) {
    super(
      `${what} is not connected to Temporal: register it with an AsyncTaskComponent and call connect() or start(), or call setClient().`,
    );
  }
}
