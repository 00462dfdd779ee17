type Fetch = (request: Request) => Promise<Response>;

/** What is asked for before it is known whose browser it is, or to know it. */
const ofSessions = new Set(['/v1/session', '/v1/tokens']);

interface Owner {
  /** Whether the browser belongs to the account that the page was drawn for. */
  isOwn: () => Promise<boolean>;
  /** Whether it belongs to another one; nobody may be known at all. */
  isOfAnother: () => boolean;
}

/**
 * Sends nothing that makes or changes something once the browser belongs to another account than the page was drawn for: whoever's cookie goes along
 * pays. It stands below the client, which repeats by itself what got no answer; a request that is refused here gets none, or the answer that
 * `main` would give where nobody is signed in.
 */
export function ownFetch(fetch: Fetch, { isOwn, isOfAnother }: Owner): Fetch {
  return async (request) => {
    const isRead = request.method === 'GET' || ofSessions.has(new URL(request.url).pathname);
    if (isRead || (await isOwn())) return fetch(request);
    if (isOfAnother()) throw new TypeError('This page was drawn for another account than is signed in now.');
    const problem = { code: 'unauthenticated', detail: 'Nobody is signed in here any more.', retryable: false };
    return Response.json(problem, { status: 401 });
  };
}
