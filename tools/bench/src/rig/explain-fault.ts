import type { TestService } from '@darkroom/testing';

const lines = 10;
const longestLine = 400;

/** The fault with what the processes printed last, and which of them have ended: they are gone when it is read. */
export function explainFault(
  error: unknown,
  services: readonly Pick<TestService, 'name' | 'isRunning' | 'logs'>[],
): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error([message, ...services.map(lastWordsOf)].join('\n'), { cause: error });
}

function lastWordsOf({ name, isRunning, logs }: Parameters<typeof explainFault>[1][number]): string {
  const printed = logs().trim().split('\n').slice(-lines);
  const cut = printed.map((line) => `    ${line.slice(0, longestLine)}`).join('\n');
  return `${name} ${isRunning() ? 'is running' : 'has ended'}; ${cut.trim() === '' ? 'it printed nothing.' : `its last lines:\n${cut}`}`;
}
