import { useEffect, useState, useSyncExternalStore } from 'react';
import { useWords } from '../words/use-words.tsx';
import { useChannel } from './live.tsx';
import { Reach } from './reach.ts';

const patienceMs = 1_500;
const reach = new Reach({ isOnline: () => navigator.onLine, answers, network: window });

/** Says quietly how news come. What lasts for a blink is not said. */
export function ChannelMark() {
  const { page } = useWords();
  const channel = useChannel();
  const isInReach = useSyncExternalStore(reach.subscribe, reach.read);
  useEffect(() => reach.look(), [channel]);
  const now = isInReach ? channel : 'away';
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setShown(now), now === 'websocket' || now === 'sse' ? 0 : patienceMs);
    return () => clearTimeout(timer);
  }, [now]);
  const isLive = shown === 'websocket' || shown === 'sse';
  const colour = isLive ? 'bg-good' : shown === 'away' ? 'bg-bad' : 'bg-warn';
  const isTold = shown === 'polling' || shown === 'away';
  return (
    <span
      role="status"
      data-channel={shown}
      title={page.channels[shown]}
      className="flex items-center gap-2 text-xs text-muted"
    >
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${colour}`} />
      <span className={isTold ? 'max-w-52 max-sm:sr-only' : 'sr-only'}>{page.channels[shown]}</span>
      {isTold && (
        <span aria-hidden="true" className="sm:hidden">
          {page.channelsShort[shown]}
        </span>
      )}
    </span>
  );
}

/** Any answer will do. One that takes longer is none for whoever waits. */
async function answers(): Promise<boolean> {
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    // No answer is an answer here.
    return false;
  }
}
