/** What the `Date` header and the way of an answer can be off without either clock being wrong: it tells whole seconds. */
const grainMs = 2_000;

type Fetch = (request: Request) => Promise<Response>;

/** One answer: what its `Date` header said, and when it was asked for and had come by this computer's clock. Milliseconds since 1970. */
interface DatedAnswer {
  date: string | null;
  askedAt: number;
  answeredAt: number;
}

/**
 * By how many milliseconds the server's clock is ahead of this computer's. 0 where they differ by no more than an answer can tell; undefined where
 * it tells nothing.
 */
export function offsetOf({ date, askedAt, answeredAt }: DatedAnswer): number | undefined {
  const serverMs = Date.parse(date ?? '');
  if (Number.isNaN(serverMs)) return undefined;
  const offset = serverMs + 500 - (askedAt + answeredAt) / 2;
  return Math.abs(offset) <= Math.max(grainMs, 500 + (answeredAt - askedAt) / 2) ? 0 : offset;
}

/** The server's clock, as its answers tell it: what it says of times is compared with it, and not with a computer's that may be hours off. */
export class ServerClock {
  private ahead = 0;
  private readonly localNow: () => number;

  constructor(localNow: () => number = Date.now) {
    this.localNow = localNow;
  }

  /** Milliseconds to be added to this computer's clock. */
  get offset(): number {
    return this.ahead;
  }

  /** Reads the clock from every answer that comes by. */
  watch(fetch: Fetch): Fetch {
    return async (request) => {
      const askedAt = this.localNow();
      const response = await fetch(request);
      const date = response.headers.get('date');
      this.ahead = offsetOf({ date, askedAt, answeredAt: this.localNow() }) ?? this.ahead;
      return response;
    };
  }
}

export const serverClock = new ServerClock();
