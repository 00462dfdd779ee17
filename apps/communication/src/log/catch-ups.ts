import { createFairQueue } from './fair-queue.ts';
import { EventFrames } from './event-frames.ts';
import type { Follower } from './follower.ts';
import { judgePage } from './judge-page.ts';
import type { LogPage, ReadLogPage } from './log-page.ts';
import { hand, type LogReader } from './log-reader.ts';

/** Brings readers from their cursors to where their account's follower is, so that each gets all and nothing twice. */
export interface CatchUps {
  /** How many readers wait for a page of `main`. */
  readonly waiting: number;
  /** A reader who is new, or has room again. Readers of one owner wait behind each other, not in front of others. */
  add(reader: LogReader): void;
  remove(reader: LogReader): void;
  /** `main` is away: nobody is served from it until `resume`. */
  pause(): void;
  /** `main` answers: those for whom it could not be read get another turn too. */
  resume(): void;
}

export interface CatchUpsOptions {
  followerOf: (accountId: string) => Follower;
  readPage: ReadLogPage;
  /** Whose turns are shared: the connection. */
  ownerOf: (reader: LogReader) => object;
  /** It could not be read for one reader, who waits until `resume`. */
  onFault: (error: unknown) => void;
  onPageRead?: () => void;
}

/** So many pages are asked for, and held, at once: `main` has others to serve, and memory stays bounded however many come back at once. */
const pagesAtOnce = 8;
const pageSize = 100;

export function createCatchUps({ followerOf, readPage, ownerOf, onFault, onPageRead }: CatchUpsOptions): CatchUps {
  const queue = createFairQueue<LogReader>();
  const setAside = new Set<LogReader>();
  let underWay = 0;
  let isPaused = false;

  /** Without `main` where that is possible; otherwise the reader gets its turn. */
  const add = (reader: LogReader) => {
    if (reader.isOver) return;
    if (!reader.hasRoom()) return reader.fallBehind();
    const joining = followerOf(reader.accountId).join(reader);
    if (joining === 'no_room') return reader.fallBehind();
    if (joining === 'live' || joining === 'unstarted') return;
    queue.add(ownerOf(reader), reader);
    serve();
  };

  const serve = () => {
    while (!isPaused && underWay < pagesAtOnce) {
      const reader = queue.take();
      if (reader === undefined) return;
      underWay += 1;
      void readFor(reader);
    }
  };

  const readFor = async (reader: LogReader) => {
    const { accountId, subject, cursor } = reader;
    try {
      const page = await readPage({ accountId, subject, after: cursor, limit: pageSize });
      onPageRead?.();
      if (!reader.isOver) giveTo(reader, page);
    } catch (error) {
      // Not the others too: it may be this account's log alone that cannot be read.
      if (!reader.isOver) {
        setAside.add(reader);
        reader.noteFault();
      }
      onFault(error);
    }
    underWay -= 1;
    serve();
  };

  const giveTo = (reader: LogReader, page: LogPage) => {
    const verdict = judgePage(page, reader);
    if (verdict === 'ahead') return reader.endAhead(page.head);
    if (verdict === 'removed') return reader.endRemoved(page.removedThrough);
    reader.begin();
    for (const event of page.events) {
      // What finds no room is read again: holding pages for those who do not read would cost as much memory as there are of them.
      if (!reader.hasRoom()) return reader.fallBehind();
      hand(reader, new EventFrames(event));
    }
    if (!page.hasMore) reader.cursor = Math.max(reader.cursor, page.head);
    followerOf(reader.accountId).heard(page.head);
    add(reader);
  };

  return {
    get waiting() {
      return queue.size + setAside.size;
    },
    add,
    remove(reader) {
      queue.remove(ownerOf(reader), reader);
      setAside.delete(reader);
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      for (const reader of setAside) queue.add(ownerOf(reader), reader);
      setAside.clear();
      serve();
    },
  };
}
