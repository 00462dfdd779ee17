import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowRight, ImageOff, Sparkles } from 'lucide-react';
import { type RefObject, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { CallCard } from '../calls/call-card.tsx';
import { integrations, latestCalls } from '../calls/call-queries.ts';
import { useOpenCall } from '../calls/open-call.tsx';
import { Button } from '../elements/button.tsx';
import { Empty } from '../elements/empty.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { loadPart } from '../elements/load-part.ts';
import { useNotice } from '../elements/notice.tsx';
import { Part } from '../elements/part.tsx';
import { callsOf } from '../live/call-lists.ts';
import { useWords } from '../words/use-words.tsx';
import { Composer } from './composer.tsx';
import { currentDraft, replaceDraft } from './draft-store.ts';
import { listChoices } from './operation-choice.ts';
import { OutboxCard } from './outbox-card.tsx';
import { useOutbox } from './outbox-store.tsx';

const CallOverlay = loadPart(() => import('../detail/call-overlay.tsx').then((loaded) => loaded.CallOverlay));

const mostShown = 24;

/** Where something is made, and watched as it arrives. */
export function CreatePage() {
  const { create } = useWords();
  const { data, isError, refetch } = useQuery(integrations());
  // Beside the form, or below it on a phone, where they would come unseen.
  const results = useRef<HTMLElement>(null);
  const choices = useMemo(() => listChoices(data ?? []), [data]);
  return (
    <div className="grid w-full grid-cols-[minmax(0,1fr)] lg:grid-cols-[25rem_minmax(0,1fr)] xl:grid-cols-[27rem_minmax(0,1fr)]">
      <h1 className="sr-only">{create.title}</h1>
      <section
        aria-label={create.title}
        // On a phone it has the whole window before the form is known, so that the results below it never move.
        className="border-line bg-surface max-lg:grid max-lg:min-h-[calc(100dvh-3.5rem)] max-lg:grid-cols-[minmax(0,1fr)] lg:sticky lg:top-14 lg:h-[calc(100dvh-3.5rem)] lg:overflow-y-auto lg:border-r"
      >
        {isError && <LoadFault onRetry={() => void refetch()} />}
        {data !== undefined && choices.length === 0 && (
          <Empty icon={<ImageOff />} title={create.noOperation} detail={create.noOperationDetail} />
        )}
        {choices.length > 0 && <Composer choices={choices} onSent={() => results.current?.scrollIntoView()} />}
      </section>
      <Results place={results} />
    </div>
  );
}

function Results({ place }: { place: RefObject<HTMLElement | null> }) {
  const { create } = useWords();
  const { outbox, items } = useOutbox();
  const { data, isError, isPending, refetch } = useInfiniteQuery(latestCalls());
  const calls = callsOf(data).slice(0, mostShown);
  const isEmpty = calls.length === 0 && items.length === 0;
  const { openId } = useOpenCall();
  return (
    <section
      ref={place}
      aria-label={create.results}
      className="flex scroll-mt-14 min-w-0 flex-col gap-4 px-4 py-5 lg:px-6"
    >
      {!isEmpty && (
        <div className="flex items-center justify-between">
          <h2 className="text-lg font-semibold">{create.results}</h2>
          <Link href="/gallery" className="flex items-center gap-1 text-sm font-medium text-accent hover:underline">
            {create.seeAll}
            <ArrowRight size={16} aria-hidden="true" />
          </Link>
        </div>
      )}
      {isError && <LoadFault onRetry={() => void refetch()} />}
      {isPending && <ResultsToCome />}
      {!isPending && !isError && isEmpty && <FirstSteps />}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4">
        {items.map((item) => (
          <OutboxCard key={item.key} item={item} outbox={outbox} />
        ))}
        {calls.map((call) => (
          <CallCard key={call.id} call={call} />
        ))}
      </div>
      <Part>{openId !== undefined && <CallOverlay neighbours={calls.map(({ id }) => id)} />}</Part>
    </section>
  );
}

/** The places of the cards, so that nothing jumps when they come. */
function ResultsToCome() {
  return (
    <div
      aria-hidden="true"
      data-to-come=""
      className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-4"
    >
      {Array.from({ length: 6 }, (_value, index) => (
        <div key={index} className="rounded-2xl border border-line bg-surface">
          <div className="well aspect-square animate-shimmer rounded-t-2xl" />
          <div className="h-27" />
        </div>
      ))}
    </div>
  );
}

function FirstSteps() {
  const { create, calls, page } = useWords();
  const notice = useNotice();
  const begin = (prompt: string) => {
    const draft = currentDraft();
    const undo = replaceDraft({ ...draft, values: { ...draft.values, prompt } });
    if (undo !== undefined) notice(calls.formReplaced, { label: page.undo, run: undo });
  };
  return (
    <Empty icon={<Sparkles />} title={create.empty} detail={create.emptyDetail}>
      <ul className="flex w-full max-w-lg flex-col gap-2">
        {create.examples.map((example) => (
          <li key={example}>
            <Button className="h-auto! min-h-10 w-full py-2 whitespace-normal!" onClick={() => begin(example)}>
              {example}
            </Button>
          </li>
        ))}
      </ul>
    </Empty>
  );
}
