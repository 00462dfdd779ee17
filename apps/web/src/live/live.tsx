import { useQueryClient } from '@tanstack/react-query';
import type { ChannelInUse } from '@darkroom/client';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { darkroom } from '../darkroom/darkroom.ts';
import { isSignedOut, noteSignedOut } from '../darkroom/query-client.ts';
import { useSession } from '../session/session-query.ts';
import { LiveUpdates } from './live-updates.ts';
import { readAnew } from './read-anew.ts';

const ChannelContext = createContext<ChannelInUse>('connecting');
const againMs = 3_000;

/** Follows the account's events for the whole page, by push where it can be had. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const { data: session } = useSession();
  const [channel, setChannel] = useState<ChannelInUse>('connecting');
  const accountId = session?.accountId;

  useEffect(() => {
    if (accountId === undefined) return;
    const stop = new AbortController();
    const updates = new LiveUpdates(queryClient);
    let timer: ReturnType<typeof setTimeout> | undefined;

    const follow = async (after: number | 'latest'): Promise<void> => {
      let isOpen = false;
      const subscription = darkroom.subscribe({
        account: true,
        after,
        signal: stop.signal,
        onEvent: (event) => updates.take(event),
        onChannel(next) {
          setChannel(next);
          // What happened between the first reading and the beginning of the subscription is in neither.
          const hasBegun = next !== 'connecting' && next !== 'away';
          if (hasBegun && !isOpen && after === 'latest') void readAnew(queryClient);
          isOpen ||= hasBegun;
        },
      });
      try {
        await subscription.finished;
      } catch (error) {
        if (stop.signal.aborted) return;
        setChannel('away');
        noteSignedOut(queryClient, error);
        if (isSignedOut(error)) return;
        const { lastSequence } = subscription;
        timer = setTimeout(() => void follow(isOpen && lastSequence > 0 ? lastSequence : 'latest'), againMs);
      }
    };
    void follow('latest');
    return () => {
      stop.abort();
      clearTimeout(timer);
      updates.stop();
    };
  }, [queryClient, accountId]);

  return <ChannelContext value={channel}>{children}</ChannelContext>;
}

export function useChannel(): ChannelInUse {
  return use(ChannelContext);
}
