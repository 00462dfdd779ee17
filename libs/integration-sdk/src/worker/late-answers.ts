import type { SpooledAnswer } from './spool-container.ts';

/** What an integration does with an answer that was found without anybody working on it. */
export type RecoverAnswer = (answer: SpooledAnswer) => Promise<void>;

/** Which integrations of this process can read the answers that a sweep of the spool finds. */
export interface LateAnswers {
  handledBy(integration: string, recover: RecoverAnswer): void;
  /** Undefined for an integration that runs in another process. */
  handlerOf(integration: string): RecoverAnswer | undefined;
}

export function createLateAnswers(): LateAnswers {
  const handlers = new Map<string, RecoverAnswer>();
  return {
    handledBy: (integration, recover) => void handlers.set(integration, recover),
    handlerOf: (integration) => handlers.get(integration),
  };
}
