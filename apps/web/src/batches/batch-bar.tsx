import type { Batch } from '@darkroom/contract';
import type { Tone } from '../calls/situation.ts';
import { StatusMark } from '../calls/status-mark.tsx';
import { useWords } from '../words/use-words.tsx';

const parts = ['completed', 'failed', 'cancelled', 'processing'] as const;
/** What has not ended is pale: the filled part is what the numbers say. */
const colours = {
  completed: 'bg-good',
  failed: 'bg-bad',
  cancelled: 'bg-edge',
  processing: 'bg-accent/25 animate-shimmer',
};
const tones: Record<Batch['status'], Tone> = {
  pending: 'waiting',
  processing: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: 'idle',
};

/** How far a batch has come, by what became of its calls. */
export function BatchBar({ batch: { calls, status, cancelRequestedAt, completedAt } }: { batch: Batch }) {
  const words = useWords();
  const { batches: say } = words;
  const ended = calls.completed + calls.failed + calls.cancelled;
  const isCancelling = cancelRequestedAt !== undefined && completedAt === undefined;
  return (
    <div className="flex flex-col gap-2">
      <div
        role="progressbar"
        aria-label={say.progress(ended, calls.total)}
        aria-valuemin={0}
        aria-valuemax={calls.total}
        aria-valuenow={ended}
        className="flex h-2 overflow-hidden rounded-full bg-raised"
      >
        {parts.map((part) => (
          <div
            key={part}
            className={`h-full transition-[width] duration-500 ${colours[part]}`}
            style={{ width: `${(calls[part] / Math.max(1, calls.total)) * 100}%` }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <span className="flex items-center gap-1.5 font-medium text-ink">
          <StatusMark tone={tones[status]} size={14} />
          {isCancelling ? words.calls.cancelling : say.status[status]}
        </span>
        <span className="tabular">{say.progress(ended, calls.total)}</span>
        {calls.failed > 0 && <span className="tabular text-bad">{say.counts.failed(calls.failed)}</span>}
        {calls.processing > 0 && <span className="tabular">{say.counts.processing(calls.processing)}</span>}
        {calls.pending > 0 && <span className="tabular">{say.counts.pending(calls.pending)}</span>}
        {calls.cancelled > 0 && <span className="tabular">{say.counts.cancelled(calls.cancelled)}</span>}
      </div>
    </div>
  );
}
