import type { SpooledAnswer } from './spool-container.ts';

/** What an integration does with an answer that was found without anybody working on it. */
export type RecoverAnswer = (answer: SpooledAnswer) => Promise<void>;

/** Which integrations of this process can read the answers that a sweep of the spool finds. */
export interface LateAnswers {
  handledBy(integration: string, operations: readonly string[], recover: RecoverAnswer): void;
  /** Undefined for an integration that runs in another process. */
  handlerOf(origin: { integration: string; operation: string }): RecoverAnswer | undefined;
  /** Whether an integration runs in this process. */
  handles(integration: string): boolean;
}

export function createLateAnswers(): LateAnswers {
  const handlers = new Map<string, Map<string, RecoverAnswer>>();
  return {
    handledBy(integration, operations, recover) {
      const handled = handlers.get(integration) ?? new Map<string, RecoverAnswer>();
      handlers.set(integration, handled);
      for (const operation of operations) handled.set(operation, recover);
    },
    handlerOf: ({ integration, operation }) => handlers.get(integration)?.get(operation),
    handles: (integration) => handlers.has(integration),
  };
}
