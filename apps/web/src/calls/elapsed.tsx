import type { Call } from '@darkroom/contract';
import { serverClock } from '../darkroom/server-clock.ts';
import { useClock } from '../elements/use-clock.ts';
import { isEnded } from '../live/apply-event.ts';
import { formatLapse, formatSpan } from '../words/formats.ts';

/** How long a call has taken, or takes so far, from when it was asked for: by the server's clock from beginning to end. */
export function Elapsed({ call }: { call: Call }) {
  const isRunning = !isEnded(call);
  const now = useClock(isRunning);
  const end = isRunning ? now + serverClock.offset : Date.parse(call.completedAt ?? call.createdAt);
  const span = end - Date.parse(call.createdAt);
  return (
    <time dateTime={call.createdAt} className="tabular text-xs whitespace-nowrap text-muted">
      {isRunning ? formatSpan(span) : formatLapse(span)}
    </time>
  );
}
