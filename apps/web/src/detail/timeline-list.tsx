import type { Call } from '@darkroom/contract';
import { useQuery } from '@tanstack/react-query';
import { eventsOfCall } from '../calls/call-queries.ts';
import { StatusMark } from '../calls/status-mark.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { ServerText } from '../elements/server-text.tsx';
import { formatLapse } from '../words/formats.ts';
import { useWords } from '../words/use-words.tsx';
import { toTimeline } from './timeline.ts';

/** The log of a call, as it grows. */
export function Timeline({ call }: { call: Call }) {
  const words = useWords();
  const { data: events = [], isError, isSuccess, refetch } = useQuery(eventsOfCall(call.id));
  const [first] = events;
  const isShortened = isSuccess && (first === undefined || first.callSequence > 1);
  const entries = toTimeline(events, words);
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-sm font-semibold">{words.calls.timeline}</h2>
      {isError && events.length === 0 && <LoadFault onRetry={() => void refetch()} />}
      {isShortened && <p className="text-sm text-muted">{words.calls.timelineShortened}</p>}
      <ol className="flex flex-col">
        {entries.map(({ sequence, at, tone, label, detail, reason }, index) => (
          <li key={sequence} className="relative flex gap-3 pb-4 last:pb-0">
            {index < entries.length - 1 && (
              <span aria-hidden="true" className="absolute top-5 bottom-0 left-[0.4375rem] w-px bg-line" />
            )}
            <span className="mt-[0.1875rem]">
              <StatusMark tone={tone === 'busy' ? 'good' : tone} size={15} />
            </span>
            <div className="min-w-0 flex-1 text-sm">
              <p>{label}</p>
              {detail !== undefined && <p className="text-xs break-words text-muted">{detail}</p>}
              {reason !== undefined && (
                <p className="text-xs break-words text-muted">
                  <ServerText text={reason} />
                </p>
              )}
            </div>
            <time dateTime={at} title={at} className="tabular text-xs leading-5 whitespace-nowrap text-muted">
              +{formatLapse(Date.parse(at) - Date.parse(call.createdAt))}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
