import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ArrowUp, Images, SearchX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { callList } from '../calls/call-queries.ts';
import { CallOverlay } from '../detail/call-overlay.tsx';
import { Button, LinkButton } from '../elements/button.tsx';
import { Empty } from '../elements/empty.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { callsOf } from '../live/call-lists.ts';
import { useWords } from '../words/use-words.tsx';
import {
  everything,
  type GalleryFilter,
  isEverything,
  matchesFilter,
  readFilter,
  writeFilter,
} from './filter-address.ts';
import { FilterBar } from './filter-bar.tsx';
import { CallGrid } from './call-grid.tsx';

/** Everything that was made, to search and to look through. */
export function GalleryPage() {
  const { gallery: say } = useWords();
  const [path, navigate] = useLocation();
  const search = useSearch();
  const filter = readFilter(search);
  const [anchorId, setAnchorId] = useState<string>();
  const query = useInfiniteQuery({ ...callList({ filter }), placeholderData: keepPreviousData });
  const { data, isPlaceholderData } = query;
  // Ten thousand calls are not gone through again for a step of the page that changes none of them.
  const all = useMemo(() => {
    const shown = readFilter(search);
    return callsOf(data).filter((call) => isPlaceholderData || matchesFilter(call, shown));
  }, [data, isPlaceholderData, search]);
  // While somebody looks further down, what is new waits above, so that nothing moves below the pointer.
  const calls = anchorId === undefined ? all : all.filter(({ id }) => id <= anchorId);
  const waiting = all.length - calls.length;

  const changeFilter = (next: GalleryFilter) => {
    setAnchorId(undefined);
    const address = writeFilter(next, search);
    // What is typed letter by letter is one step back; everything else is a step of its own.
    const isTyping = filter.prompt !== '' && next.prompt !== filter.prompt;
    navigate(address === '' ? path : `${path}?${address}`, { replace: isTyping });
  };
  const newestId = all[0]?.id;
  useEffect(() => {
    const onScroll = () => {
      if (window.scrollY < 80) setAnchorId(undefined);
      else setAnchorId((anchor) => anchor ?? newestId);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, [newestId]);
  const showNew = () => {
    setAnchorId(undefined);
    window.scrollTo({ top: 0 });
  };

  return (
    <div className="flex w-full flex-col gap-4 px-4 py-4 lg:px-6">
      <h1 className="sr-only">{say.title}</h1>
      <FilterBar filter={filter} onChange={changeFilter} />
      {waiting > 0 && (
        <Button
          kind="primary"
          size="small"
          className="fixed top-32 left-1/2 z-20 -translate-x-1/2 rounded-full!"
          icon={<ArrowUp size={14} aria-hidden="true" />}
          onClick={showNew}
        >
          {say.newOnes(waiting)}
        </Button>
      )}
      {query.isError && query.data === undefined && <LoadFault onRetry={() => void query.refetch()} />}
      {query.isSuccess && calls.length === 0 && (
        <NothingToShow filter={filter} onClear={() => changeFilter(everything)} />
      )}
      <CallGrid
        calls={calls}
        isLoading={query.isPending}
        isDimmed={query.isPlaceholderData}
        hasMore={query.hasNextPage && !query.isFetchNextPageError}
        onMore={() => {
          if (!query.isFetchingNextPage) void query.fetchNextPage();
        }}
      />
      <p role="status" className="h-6 text-center text-sm text-muted">
        {query.isFetchingNextPage && say.loadingMore}
        {query.isSuccess && !query.hasNextPage && calls.length > 0 && say.end}
      </p>
      {query.isFetchNextPageError && <LoadFault onRetry={() => void query.fetchNextPage()} />}
      <CallOverlay neighbours={calls.map(({ id }) => id)} />
    </div>
  );
}

function NothingToShow({ filter, onClear }: { filter: GalleryFilter; onClear: () => void }) {
  const { gallery: say, page } = useWords();
  if (isEverything(filter)) {
    return (
      <Empty icon={<Images />} title={say.empty} detail={say.emptyDetail}>
        <LinkButton href="/" kind="primary">
          {page.create}
        </LinkButton>
      </Empty>
    );
  }
  return (
    <Empty icon={<SearchX />} title={say.nothingFound} detail={say.nothingFoundDetail}>
      <Button onClick={onClear}>{say.clear}</Button>
    </Empty>
  );
}
