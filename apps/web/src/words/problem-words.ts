import { DarkroomError } from '@darkroom/client';
import { isRefusedForGood } from '../darkroom/refusal.ts';
import type { Words } from './words.ts';

/** A sentence of the server, which is English whatever the page speaks: `ServerText` shows it. */
export interface ServerSentence {
  ofServer: string;
}

/** Says why something could not be done: in the page's words where it has some, else in the server's where trying again does not help. */
export function sayProblem(
  error: unknown,
  { problems, calls }: Pick<Words, 'problems' | 'calls'>,
): string | ServerSentence {
  const known: Partial<Record<string, string>> = problems;
  const own = error instanceof DarkroomError ? known[error.code] : undefined;
  if (own !== undefined) return own;
  return isRefusedForGood(error) ? { ofServer: error.message } : calls.actionFailed;
}
