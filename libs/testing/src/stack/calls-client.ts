import {
  callEventSchema,
  callSchema,
  cancelAnswerSchema,
  isTerminal,
  pageSchema,
  type Call,
  type CallEvent,
  type CancelAnswer,
} from '@darkroom/contract';
import { waitUntil } from '@darkroom/deploy-tool';
import { isNoAnswer } from './no-answer.ts';

/** What a test asks for; the integration and operation are nanobanana2's `text-to-image` where nothing else is said. */
export interface CallRequest {
  readonly prompt: string;
  readonly integration?: string;
  readonly operation?: string;
  readonly input?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  readonly cancelAfter?: string;
  /** Further fields of the body, for instance its subscriptions. */
  readonly more?: Record<string, unknown>;
}

/** The public API of one `main`, as a user would use it. */
export interface CallsClient {
  submit(request: CallRequest): Promise<Call>;
  call(id: string): Promise<Call>;
  events(id: string): Promise<CallEvent[]>;
  /** Polls until the call is as wanted; rejects with the call as it was last seen. */
  waitFor(id: string, wanted: (call: Call) => boolean, timeoutSeconds?: number): Promise<Call>;
  waitForEnd(id: string, timeoutSeconds?: number): Promise<Call>;
  cancel(id: string): Promise<CancelAnswer>;
  /** Asks again where the engine does not answer, as the answer says. */
  refresh(id: string): Promise<Call>;
  /** Answers the new call. */
  retry(id: string): Promise<Call>;
}

const eventPageSchema = pageSchema(callEventSchema);

/** `always`: headers of every request, for instance those of an account. */
export function createCallsClient(mainUrl: string, always: Record<string, string> = {}): CallsClient {
  const get = (path: string) => read(`${mainUrl}${path}`, { headers: always });
  const post = (path: string) => read(`${mainUrl}${path}`, { method: 'POST', headers: always });
  const call = async (id: string) => callSchema.parse(await get(`/v1/calls/${id}`));

  const waitFor = async (id: string, wanted: (call: Call) => boolean, timeoutSeconds = 60) => {
    let last: Call | undefined;
    const isAsWanted = async () => {
      last = await unlessAway(() => call(id));
      return last !== undefined && wanted(last);
    };
    if (
      !(await waitUntil(isAsWanted, { timeoutMilliseconds: timeoutSeconds * 1000, intervalMilliseconds: 100 })) ||
      last === undefined
    ) {
      throw new Error(`The call was not as expected within ${timeoutSeconds} s: ${JSON.stringify(last)}`);
    }
    return last;
  };

  const refresh = async (id: string) => {
    let answer: unknown;
    const isAnswered = async () => {
      answer = await unlessAway(() => post(`/v1/calls/${id}/refresh`));
      return answer !== undefined;
    };
    await waitUntil(isAnswered, { timeoutMilliseconds: 60_000, intervalMilliseconds: 1_000 });
    return callSchema.parse(answer);
  };

  return {
    submit: async ({
      prompt,
      integration = 'nanobanana2',
      operation = 'text-to-image',
      input = {},
      headers = {},
      cancelAfter,
      more = {},
    }) => {
      const body = JSON.stringify({ integration, operation, input: { prompt, ...input }, cancelAfter, ...more });
      return callSchema.parse(
        await read(`${mainUrl}/v1/calls`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...always, ...headers },
          body,
        }),
      );
    },
    call,
    events: async (id) => eventPageSchema.parse(await get(`/v1/calls/${id}/events?limit=100`)).items,
    waitFor,
    waitForEnd: (id, timeoutSeconds) => waitFor(id, ({ status }) => isTerminal(status), timeoutSeconds),
    cancel: async (id) => cancelAnswerSchema.parse(await post(`/v1/calls/${id}/cancel`)),
    refresh,
    retry: async (id) => callSchema.parse(await post(`/v1/calls/${id}/retry`)),
  };
}

/** A `main` that is just being restarted, or whose engine is away, is no answer about the call. */
async function unlessAway<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNoAnswer(error) || (error instanceof HttpAnswerError && error.status === 503)) return undefined;
    throw error;
  }
}

class HttpAnswerError extends Error {
  readonly status: number;

  constructor(url: string, status: number, body: string) {
    super(`${url} answered ${status}: ${body}`);
    this.status = status;
  }
}

async function read(url: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  if (!response.ok) throw new HttpAnswerError(url, response.status, await response.text());
  return response.json();
}
