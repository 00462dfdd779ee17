import type { StreamToken } from '../api.ts';
import { DarkroomError } from '../darkroom-error.ts';
import { orAborted } from '../http/or-aborted.ts';

/** The token that one subscription opens streams with. */
export interface HeldToken {
  /** The present one, or a new one where there is none or it is about to expire. Rejects with a DarkroomError where none is to be had. */
  get(): Promise<StreamToken>;
  /** Has the next `get` ask for a new one. */
  drop(): void;
}

/** A token that expires sooner is not worth opening a stream with. */
const leastLeftMs = 10_000;

/** Asks for tokens once, whoever wants one, and keeps the last. */
export function holdToken(ask: () => Promise<StreamToken>, now: () => number = Date.now): HeldToken {
  let held: StreamToken | undefined;
  let asking: Promise<StreamToken> | undefined;

  async function askForOne(): Promise<StreamToken> {
    try {
      return (held = await ask());
    } finally {
      asking = undefined;
    }
  }

  return {
    get() {
      if (held !== undefined && Date.parse(held.expiresAt) - now() > leastLeftMs) return Promise.resolve(held);
      return (asking ??= askForOne());
    },
    drop: () => void (held = undefined),
  };
}

/** A token, or why there is none: a stream is tried again later then. Rejects where the signal is aborted. */
export async function tokenOrFault(token: HeldToken, signal: AbortSignal): Promise<StreamToken | DarkroomError> {
  try {
    return await orAborted(token.get(), signal);
  } catch (fault) {
    if (fault instanceof DarkroomError) return fault;
    throw fault;
  }
}
