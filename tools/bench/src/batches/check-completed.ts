import type { AccountCall } from './account-calls.ts';

interface Round {
  readonly calls: readonly Pick<AccountCall, 'id' | 'status' | 'completedAt'>[];
  readonly count: number;
  /** What the simulator counted of them. */
  readonly submissions: { readonly accepted: number; readonly received: number };
}

/** Refuses figures of calls that did not all complete, or were not paid for once each. Answers when the last one ended, in milliseconds since 1970. */
export function checkCompleted({ calls, count, submissions: { accepted, received } }: Round): number {
  if (calls.length !== count) throw new Error(`${calls.length} calls were made of ${count}.`);
  const others = calls.filter(({ status }) => status !== 'completed');
  const [other] = others;
  if (other !== undefined)
    throw new Error(`${others.length} of ${count} calls did not complete: ${other.id} is ${other.status}.`);
  if (accepted !== count || received !== count)
    throw new Error(`The provider received ${received} submissions and was paid for ${accepted}, for ${count} calls.`);
  return Math.max(...calls.map(({ completedAt }) => Date.parse(completedAt ?? '')));
}
