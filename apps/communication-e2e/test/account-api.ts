import {
  type AccountEvent,
  accountEventSchema,
  type Call,
  callSchema,
  type CreateStreamToken,
  pageSchema,
  type StreamToken,
  streamTokenSchema,
} from '@darkroom/contract';
import { isNoAnswer } from '@darkroom/testing';

/** What an account asks of `main` in these tests. */
export interface AccountApi {
  submit(prompt: string, more?: Record<string, unknown>): Promise<Call>;
  token(wanted: CreateStreamToken): Promise<StreamToken>;
  /** The whole log of the account. */
  readLog(): Promise<AccountEvent[]>;
}

/** What was answered is no success. */
class AnswerError extends Error {
  readonly status: number;

  constructor(path: string, status: number, body: string) {
    super(`${path} answered ${status}: ${body}`);
    this.status = status;
  }
}

const logPageSchema = pageSchema(accountEventSchema);

export function createAccountApi(mainUrl: string, apiKey: string): AccountApi {
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${mainUrl}${path}`, {
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new AnswerError(path, response.status, await response.text());
    return response.json();
  };
  return {
    submit: async (prompt, more = {}) => {
      const call = { integration: 'nanobanana2', operation: 'text-to-image', input: { prompt }, ...more };
      return callSchema.parse(await ask('/v1/calls', call));
    },
    token: async (wanted) => streamTokenSchema.parse(await ask('/v1/tokens', wanted)),
    readLog: async () => {
      const log: AccountEvent[] = [];
      for (let cursor: string | null = '0'; cursor !== null;) {
        const page = logPageSchema.parse(await ask(`/v1/events?after=${cursor}&limit=1000`));
        log.push(...page.items);
        cursor = page.nextCursor;
      }
      return log;
    },
  };
}

/** Whether nobody answered, or one who is just being restarted. */
export function isOfRestart(error: unknown): boolean {
  return error instanceof AnswerError ? error.status >= 500 : isNoAnswer(error);
}
