import { ApplicationFailure } from '@temporalio/common';
import { withoutSecrets } from '../worker/clean-secrets.ts';
import { messageOf } from '../worker/error-message.ts';
import type { TaskError } from './task-story.ts';

const longestMessage = 2048;
const codePattern = /^[\w.-]{1,100}$/;

/** Everything else that a task's code throws. */
const unnamedFailure = 'task_failed';

/** What is recorded of a thrown value: its code, and its message without secrets. */
export function toTaskError(thrown: unknown, secrets: readonly string[]): TaskError {
  const step = propertyOf(thrown, 'step');
  return {
    code: codeOf(thrown),
    message: withoutSecrets(messageOf(thrown), secrets).slice(0, longestMessage),
    ...(typeof step === 'string' && { step }),
  };
}

/** The failure of one attempt of a step. */
export function toStepFailure(thrown: unknown, step: string, secrets: readonly string[]): ApplicationFailure {
  const { code, message } = toTaskError(thrown, secrets);
  const failure = ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: isFinal(thrown),
    details: [{ step }],
  });
  failure.stack = '';
  return failure;
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof ApplicationFailure ? thrown.type : propertyOf(thrown, 'code');
  return typeof code === 'string' && codePattern.test(code) ? code : unnamedFailure;
}

function isFinal(thrown: unknown): boolean {
  return thrown instanceof ApplicationFailure
    ? thrown.nonRetryable === true
    : propertyOf(thrown, 'retryable') === false;
}

function propertyOf(thrown: unknown, name: string): unknown {
  return typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>)[name] : undefined;
}
