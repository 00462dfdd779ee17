import { DarkroomError } from '@darkroom/client';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { darkroom } from '../darkroom/darkroom.ts';
import { drawKey } from '../darkroom/draw-key.ts';
import { isSignedOut } from '../darkroom/query-client.ts';
import { isRefusedForGood, mayHaveBeenMade } from '../darkroom/refusal.ts';
import { storeCall } from '../live/call-cache.ts';
import { keptForAccount } from '../session/kept-for.ts';
import { sessionKey, useSession } from '../session/session-query.ts';
import { Outbox, type OutboxItem, type SendResult } from './outbox.ts';

const OutboxContext = createContext<Outbox | undefined>(undefined);
const againMs = 3_000;
/** Whoever is told to come again later than this looks sooner. */
const longestAfterMs = 60_000;

/** Keeps what was asked for until it is accepted; goes on after a reload, a lost network and a new sign-in. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { data: session } = useSession();
  const [outbox] = useState(
    () =>
      new Outbox({
        storage: keptForAccount,
        // Whoever has signed in meanwhile, here or in another tab, may be another account. Where nobody is known, it is asked before the sending.
        maySend: () => Boolean(queryClient.getQueryData(sessionKey)) && !keptForAccount.isOfAnother(),
        send: async (item) => {
          const result = await sendOnce(item);
          if (result === 'signed-out') queryClient.setQueryData(sessionKey, null);
          return result === 'signed-out' ? { kind: 'away', waitsFor: 'connection', mayBeMade: false } : result;
        },
        onAccepted: (call) => storeCall(queryClient, call),
        drawKey,
        later: (callback, afterMs = againMs) => void setTimeout(callback, afterMs),
      }),
  );
  useEffect(() => {
    window.addEventListener('storage', outbox.followStorage);
    return () => window.removeEventListener('storage', outbox.followStorage);
  }, [outbox]);
  useEffect(() => {
    if (!session) return;
    outbox.resume();
    window.addEventListener('online', outbox.resume);
    return () => window.removeEventListener('online', outbox.resume);
  }, [outbox, session]);
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

export function useOutbox(): { outbox: Outbox; items: readonly OutboxItem[] } {
  const outbox = use(OutboxContext);
  if (outbox === undefined) throw new Error('useOutbox needs an OutboxProvider above it.');
  return { outbox, items: useSyncExternalStore(outbox.subscribe, outbox.read) };
}

async function sendOnce({ request, key }: OutboxItem): Promise<SendResult | 'signed-out'> {
  try {
    // The outbox repeats it by itself, and says at once what it waits for.
    return { kind: 'accepted', call: await darkroom.calls.create(request, { idempotencyKey: key, attempts: 1 }) };
  } catch (error) {
    if (isSignedOut(error)) return 'signed-out';
    if (isRefusedForGood(error)) return { kind: 'refused', refusal: { detail: error.message, errors: error.errors } };
    if (error instanceof DarkroomError) return awayAfter(error);
    throw error;
  }
}

function awayAfter(error: DarkroomError): SendResult {
  const { status, retryAfterSeconds } = error;
  return {
    kind: 'away',
    waitsFor: status === undefined ? 'connection' : 'darkroom',
    mayBeMade: mayHaveBeenMade(error),
    afterMs: retryAfterSeconds === undefined ? undefined : Math.min(retryAfterSeconds * 1_000, longestAfterMs),
  };
}
