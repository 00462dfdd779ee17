import type { Batch } from '@darkroom/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { darkroom } from '../darkroom/darkroom.ts';

export interface BatchPage {
  items: Batch[];
  nextCursor: string | null;
}

export const batchesKey = ['batches'] as const;
export const anyBatchKey = ['batch'] as const;
export const batchKey = (id: string) => [...anyBatchKey, id] as const;

/** Batches, newest first, page by page. */
export function batchList() {
  return infiniteQueryOptions({
    queryKey: batchesKey,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<BatchPage> =>
      darkroom.batches.list({ limit: 30, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    getNextPageParam: ({ nextCursor }: BatchPage) => nextCursor,
  });
}

export function oneBatch(id: string) {
  return queryOptions({
    queryKey: batchKey(id),
    queryFn: ({ signal }): Promise<Batch> => darkroom.batches.get(id, { signal }),
  });
}
