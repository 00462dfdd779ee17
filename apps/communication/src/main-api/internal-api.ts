/** Requests to the internal API of `main`, below `/internal/`. They reject where it does not answer, or answers with an error. */
export interface InternalApi {
  /** A GET whose JSON answer is given back as it came. */
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** A GET whose answer stays open until the signal aborts. */
  open(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

const questionTimeoutMs = 15_000;
const longestDetail = 500;

export function createInternalApi({ url, token }: { url: string; token: string }): InternalApi {
  const send = async (path: string, request: RequestInit): Promise<Response> => {
    const response = await fetch(`${url}/internal/${path}`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, ...request.headers },
    });
    if (response.ok) return response;
    const detail = (await response.text()).slice(0, longestDetail);
    throw new Error(`main answered ${response.status} to /internal/${path.split('?')[0]}: ${detail}`);
  };
  const ask = async (path: string, request: RequestInit): Promise<unknown> =>
    (await send(path, { ...request, signal: AbortSignal.timeout(questionTimeoutMs) })).json();
  return {
    get: (path) => ask(path, {}),
    post: (path, body) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    async open(path, signal) {
      const { body } = await send(path, { signal });
      if (body === null) throw new Error(`main answered nothing to /internal/${path}.`);
      return body;
    },
  };
}
