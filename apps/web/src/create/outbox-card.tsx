import { CircleX, Hourglass, LoaderCircle, WifiOff } from 'lucide-react';
import { Button } from '../elements/button.tsx';
import { useNotice } from '../elements/notice.tsx';
import { useWords } from '../words/use-words.tsx';
import type { Outbox, OutboxItem } from './outbox.ts';
import { RefusalText } from './refusal-text.tsx';

/** A call that is not accepted yet. It has the shape of the card that takes its place. */
export function OutboxCard({ item, outbox }: { item: OutboxItem; outbox: Outbox }) {
  const { create, page } = useWords();
  const say = create.outbox;
  const notice = useNotice();
  const prompt = String(item.request.input['prompt'] ?? '');
  const hasFailed = item.state === 'refused' || item.state === 'stopped';
  const isBusy = item.state === 'waiting' && item.waitsFor === 'darkroom';
  const WaitIcon = isBusy ? Hourglass : WifiOff;
  const discard = () => {
    outbox.discard(item.key);
    if (item.mayBeMade) notice(say.discardedMaybeMade);
  };
  const reason = item.refusal?.detail ?? item.fault;
  return (
    <article
      aria-label={prompt}
      className="flex flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
    >
      <div className="flex aspect-square bg-blank flex-col items-center justify-center gap-2 p-4 text-center">
        {hasFailed && <CircleX size={26} className="text-bad" aria-hidden="true" />}
        {item.state === 'waiting' && <WaitIcon size={26} className="text-warn" aria-hidden="true" />}
        {item.state === 'sending' && <LoaderCircle size={26} className="animate-spin text-accent" aria-hidden="true" />}
        <span className="text-sm font-medium" role="status">
          {isBusy ? say.busy : say[item.state]}
        </span>
        {hasFailed && reason !== undefined && (
          <span className="line-clamp-4 text-xs text-muted">
            <RefusalText reason={reason} refusal={item.refusal} />
          </span>
        )}
      </div>
      <div className="flex flex-1 flex-col gap-1.5 px-3.5 pt-3 pb-2">
        <p className="line-clamp-2 min-h-10 text-sm leading-5">{prompt}</p>
        <div className="mt-auto flex h-9 items-center justify-end pointer-coarse:h-11">
          {item.state === 'stopped' && (
            <Button kind="quiet" size="small" onClick={() => outbox.again(item.key)}>
              {page.again}
            </Button>
          )}
          {item.state !== 'sending' && (
            <Button kind="quiet" size="small" onClick={discard}>
              {say.discard}
            </Button>
          )}
        </div>
      </div>
    </article>
  );
}
