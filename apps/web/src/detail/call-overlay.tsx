import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useOpenCall } from '../calls/open-call.tsx';
import { oneCall } from '../calls/call-queries.ts';
import { Dialog } from '../elements/dialog.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { useWords } from '../words/use-words.tsx';
import { CallView } from './call-view.tsx';

interface CallOverlayProps {
  /** The calls that the page shows, in their order: the arrows lead through them. */
  neighbours: readonly string[];
}

/** The large view above the page. */
export function CallOverlay({ neighbours }: CallOverlayProps) {
  const { openId, open, close } = useOpenCall();
  const { calls: say } = useWords();
  const place = openId === undefined ? -1 : neighbours.indexOf(openId);
  const previous = place > 0 ? neighbours[place - 1] : undefined;
  const next = place >= 0 ? neighbours[place + 1] : undefined;
  useEffect(() => {
    if (openId === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = { ArrowLeft: previous, ArrowRight: next }[event.key];
      if (target !== undefined) open(target);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [openId, previous, next, open]);
  if (openId === undefined) return null;
  return (
    <Dialog label={say.largeView} size="full" onClose={close}>
      <LoadedCall
        key={openId}
        id={openId}
        onClose={close}
        onPrevious={previous === undefined ? undefined : () => open(previous)}
        onNext={next === undefined ? undefined : () => open(next)}
      />
    </Dialog>
  );
}

interface LoadedCallProps {
  id: string;
  onClose?: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

/** The large view of a call, fetched by its id. */
export function LoadedCall({ id, ...rest }: LoadedCallProps) {
  const { page } = useWords();
  const { data: call, error, refetch } = useQuery(oneCall(id));
  if (call === undefined) {
    if (error !== null) return <LoadFault error={error} onRetry={() => void refetch()} />;
    return (
      <p role="status" className="grid h-full min-h-80 place-items-center text-muted">
        {page.loading}
      </p>
    );
  }
  return <CallView call={call} {...rest} />;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(target.tagName);
}
