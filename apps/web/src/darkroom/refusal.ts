import { DarkroomError } from '@darkroom/client';

/** Whether an answer refuses what was asked for, so that the same request is refused again. Where nobody is signed in, it has not been looked at. */
export function isRefusedForGood(error: unknown): error is DarkroomError {
  if (!(error instanceof DarkroomError)) return false;
  const { status = 0, retryable } = error;
  return status >= 400 && status < 500 && status !== 401 && !retryable;
}

/** Whether what was asked for may have been made all the same: nobody answered, or a server that came to grief, or something that stands between. */
export function mayHaveBeenMade(error: unknown): boolean {
  return error instanceof DarkroomError && (error.status === undefined || error.status >= 500);
}
