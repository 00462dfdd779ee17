import { ApplicationFailure } from '@temporalio/common';
import { withoutSecrets } from './clean-secrets.ts';
import { messageOf } from './error-message.ts';
import { failureCodeOf } from './storing-failed.ts';

const longestMessage = 2048;

/** What Temporal records of an error: its code, a message without secrets, and nothing that an error object may carry along. */
export function toApplicationFailure(error: unknown, secrets: readonly string[]): ApplicationFailure {
  return ApplicationFailure.create({
    type: failureCodeOf(error),
    message: withoutSecrets(messageOf(error), secrets).slice(0, longestMessage),
  });
}
