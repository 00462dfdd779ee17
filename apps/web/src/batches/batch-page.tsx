import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Batch, CallStatus } from '@darkroom/contract';
import { ArrowLeft, Download, RotateCw, Square } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { callList } from '../calls/call-queries.ts';
import { archivePath } from '../calls/call-paths.ts';
import { darkroom } from '../darkroom/darkroom.ts';
import { CallOverlay } from '../detail/call-overlay.tsx';
import { Button, LinkButton } from '../elements/button.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { useNotice } from '../elements/notice.tsx';
import { Segments } from '../elements/segments.tsx';
import { CallGrid } from '../gallery/call-grid.tsx';
import { everything } from '../gallery/filter-address.ts';
import { callsOf } from '../live/call-lists.ts';
import { formatMoment } from '../words/formats.ts';
import { sayProblem } from '../words/problem-words.ts';
import { useWords } from '../words/use-words.tsx';
import { BatchBar } from './batch-bar.tsx';
import { batchesKey, batchKey, batchList, oneBatch } from './batch-queries.ts';
import { retryFailed } from './retry-failed.ts';
import { retryOf } from './retry-of.ts';

const statuses: readonly CallStatus[] = ['pending', 'processing', 'completed', 'failed', 'cancelled'];

type Shown = CallStatus | 'all';

/** A batch: how the whole stands, each of its calls, and what can be done. */
export function BatchPage({ id }: { id: string }) {
  const { batches: say, locale } = useWords();
  const { data: batch, error, refetch } = useQuery(oneBatch(id));
  if (error !== null && batch === undefined) return <LoadFault isPage error={error} onRetry={() => void refetch()} />;
  return (
    <div className="flex w-full flex-col gap-5 px-4 py-5 lg:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Link href="/batches" className="flex items-center gap-1 text-sm font-medium text-accent hover:underline">
          <ArrowLeft size={16} aria-hidden="true" />
          {say.back}
        </Link>
        <h1 className="text-lg font-semibold">{batch && say.calls(batch.calls.total)}</h1>
        {batch && <span className="text-sm text-muted">{formatMoment(batch.createdAt, locale)}</span>}
        {batch && <BatchActions batch={batch} />}
      </div>
      <div className="min-h-11">{batch && <BatchBar batch={batch} />}</div>
      <BatchCalls id={id} batch={batch} />
    </div>
  );
}

function BatchActions({ batch }: { batch: Batch }) {
  const words = useWords();
  const { batches: say } = words;
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const onError = (error: unknown) => notice(sayProblem(error, words));
  const cancel = useMutation({
    mutationFn: () => darkroom.batches.cancel(batch.id),
    onSuccess: (answer) => {
      queryClient.setQueryData(batchKey(batch.id), answer.batch);
      notice(say.cancelAnswers[answer.result]);
    },
    onError,
  });
  const retry = useMutation({
    mutationFn: () => retryFailed(batch),
    onSuccess: (made) => {
      queryClient.setQueryData(batchKey(made.id), made);
      void queryClient.invalidateQueries({ queryKey: batchesKey });
      navigate(`/batches/${made.id}`);
    },
    onError,
  });
  const hasEnded = batch.completedAt !== undefined;
  const mayRetry = hasEnded && batch.calls.failed > 0;
  // A retry is made once. It is newer than its batch; one that is further back in the list is answered by main all the same.
  const { data: known, isPending: isLooking } = useInfiniteQuery({ ...batchList(), enabled: mayRetry });
  const madeBefore = retryOf(batch.id, known?.pages.flatMap(({ items }) => items) ?? []);
  const retryLabel = () => {
    if (retry.isPending) return say.gathering;
    return madeBefore === undefined ? say.retryFailed(batch.calls.failed) : say.openRetry;
  };
  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow sm:ml-auto">
      {!hasEnded && batch.cancelRequestedAt === undefined && (
        <Button
          kind="danger"
          title={say.cancelRestHint}
          icon={<Square size={12} className="fill-current" aria-hidden="true" />}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {say.cancelRest}
        </Button>
      )}
      {mayRetry && (
        <Button
          title={madeBefore === undefined ? say.retryHint : undefined}
          icon={<RotateCw size={15} aria-hidden="true" />}
          disabled={isLooking || retry.isPending}
          onClick={() => (madeBefore === undefined ? retry.mutate() : navigate(`/batches/${madeBefore.id}`))}
        >
          {retryLabel()}
        </Button>
      )}
      {batch.calls.completed > 0 && (
        <LinkButton href={archivePath(batch.id)} download icon={<Download size={15} aria-hidden="true" />}>
          {say.downloadAll}
        </LinkButton>
      )}
    </div>
  );
}

function BatchCalls({ id, batch }: { id: string; batch: Batch | undefined }) {
  const { batches: say, calls: callWords, gallery, locale } = useWords();
  const [shown, setShown] = useState<Shown>('all');
  const filter = shown === 'all' ? everything : { ...everything, status: [shown] };
  const query = useInfiniteQuery({ ...callList({ filter, batchId: id }), placeholderData: keepPreviousData });
  const calls = callsOf(query.data).filter(({ status }) => shown === 'all' || status === shown);
  const isThere = (status: CallStatus) => status === shown || (batch !== undefined && batch.calls[status] > 0);
  const label = (value: Shown) =>
    `${value === 'all' ? say.all : callWords.status[value]} ${(batch?.calls[value === 'all' ? 'total' : value] ?? 0).toLocaleString(locale)}`;
  return (
    <>
      <div className="min-h-10">
        <Segments
          label={gallery.status}
          options={['all' as const, ...statuses.filter(isThere)].map((value) => ({ value, label: label(value) }))}
          value={shown}
          onChange={(value = 'all') => setShown(value)}
        />
      </div>
      {query.isError && query.data === undefined && <LoadFault onRetry={() => void query.refetch()} />}
      <CallGrid
        calls={calls}
        isLoading={query.isPending}
        isDimmed={query.isPlaceholderData}
        hasMore={query.hasNextPage && !query.isFetchNextPageError}
        onMore={() => {
          if (!query.isFetchingNextPage) void query.fetchNextPage();
        }}
      />
      {query.isFetchNextPageError && <LoadFault onRetry={() => void query.fetchNextPage()} />}
      <CallOverlay neighbours={calls.map((call) => call.id)} />
    </>
  );
}
