import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { integrations } from '../calls/call-queries.ts';
import { listChoices } from '../create/operation-choice.ts';
import { Button } from '../elements/button.tsx';
import { Empty } from '../elements/empty.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { loadPart } from '../elements/load-part.ts';
import { Part } from '../elements/part.tsx';
import { formatMoment } from '../words/formats.ts';
import { useWords } from '../words/use-words.tsx';
import { BatchBar } from './batch-bar.tsx';
import { batchList } from './batch-queries.ts';
import { batchListId } from './sending-note.tsx';

const BatchForm = loadPart(() => import('./batch-form.tsx').then((loaded) => loaded.BatchForm));

/** Many calls at once: the form, and the batches that were made. */
export function BatchesPage() {
  const { batches: say, page, locale } = useWords();
  const { data: known, isError: isUnknown, refetch: readAgain } = useQuery(integrations());
  const choices = useMemo(() => listChoices(known ?? []), [known]);
  const { data, isError, isSuccess, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(batchList());
  const batches = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="mx-auto grid w-full max-w-[96rem] grid-cols-[minmax(0,1fr)] gap-8 px-4 py-6 lg:grid-cols-[minmax(0,3fr)_minmax(20rem,2fr)] lg:px-6">
      <h1 className="sr-only">{say.title}</h1>
      <section aria-label={say.create} className="min-w-0 max-lg:min-h-dvh">
        <h2 className="mb-4 text-lg font-semibold">{say.create}</h2>
        <Part
          toCome={
            <p data-to-come="" className="min-h-96 text-muted">
              {page.loading}
            </p>
          }
        >
          {isUnknown && <LoadFault onRetry={() => void readAgain()} />}
          {choices.length > 0 && <BatchForm choices={choices} />}
        </Part>
      </section>
      <section id={batchListId} tabIndex={-1} aria-label={say.list} className="min-w-0 scroll-mt-18 outline-none">
        <h2 className="mb-4 text-lg font-semibold">{say.list}</h2>
        {isError && <LoadFault onRetry={() => void refetch()} />}
        {isSuccess && batches.length === 0 && <Empty icon={<Layers />} title={say.empty} detail={say.emptyDetail} />}
        <ul className="flex flex-col gap-3">
          {batches.map((batch) => (
            <li key={batch.id}>
              <Link
                href={`/batches/${batch.id}`}
                className="flex flex-col gap-3 rounded-2xl border border-line bg-surface p-4 shadow-card transition-colors hover:bg-raised"
              >
                <span className="flex items-baseline justify-between gap-3 text-sm">
                  <span className="font-medium">{say.calls(batch.calls.total)}</span>
                  <span className="text-xs text-muted">{formatMoment(batch.createdAt, locale)}</span>
                </span>
                <BatchBar batch={batch} />
              </Link>
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Button className="mt-4 w-full" onClick={() => void fetchNextPage()}>
            {say.more}
          </Button>
        )}
      </section>
    </div>
  );
}
