import type { Logger } from '@darkroom/platform-logging';
import type { ObjectStore } from '@darkroom/platform-object-store';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { createFairTurns, type Wish } from './fair-turns.ts';
import { createSharedWork } from './shared-work.ts';
import { smallPicture } from './small-picture.ts';
import { thumbnailKey } from './thumbnail-key.ts';

/** What a picture is made of, and where its bytes are. */
export interface DrawnFile {
  objectKey: string;
  contentType: string;
  bytes: number;
}

/**
 * A small JPEG of a file; the one 404 where it is no image, a broken one, or a very large one. It is drawn once and kept in object storage. Fails with
 * the reason of the wish's signal where it was given up before its turn.
 */
export type DrawThumbnail = (file: DrawnFile, wish: Wish) => Promise<Buffer>;

interface ThumbnailDependencies {
  objectStore: Pick<ObjectStore, 'get' | 'put' | 'head' | 'delete'>;
  logger: Pick<Logger, 'warn'>;
}

const retryAfterSeconds = 5;
const maxBytes = 64 * 1024 * 1024;
/** Each holds a whole picture in memory. */
const drawnAtOnce = 2;
/** Of some 100 KB each, over connections that results are stored by too. */
const readAtOnce = 16;
/** More than a page shows at once, however large its window is. */
const mostWaiting = 256;

export function createThumbnailDrawer({ objectStore, logger }: ThumbnailDependencies): DrawThumbnail {
  const readInTurn = createFairTurns({ atOnce: readAtOnce, mostWaiting });
  const drawInTurn = createFairTurns({ atOnce: drawnAtOnce, mostWaiting });
  const share = createSharedWork<Buffer>();

  const read = (key: string) =>
    objectStore.get(key, { maxBytes }).catch((cause: unknown) => {
      throw new ProblemError('storage_unavailable', 'Fetch it again soon.', { retryAfterSeconds, cause });
    });

  const draw = async (objectKey: string): Promise<Buffer> => {
    const bytes = await read(objectKey);
    if (bytes === undefined) throw notFound();
    return smallPicture(bytes).catch((cause: unknown) => {
      throw notFound(cause);
    });
  };

  const keep = async (objectKey: string, picture: Buffer): Promise<void> => {
    const key = thumbnailKey(objectKey);
    try {
      await objectStore.put({ key, bytes: picture, contentType: 'image/jpeg' });
      // Retention may have deleted the file meanwhile, and what was to be its thumbnail before there was one.
      if ((await objectStore.head(objectKey)) === undefined) await objectStore.delete(key);
    } catch (error) {
      logger.warn({ error, objectKey }, 'a thumbnail could not be stored, and is drawn again when it is wanted');
    }
  };

  return async ({ objectKey, contentType, bytes }, { accountId, signal }) => {
    if (!contentType.startsWith('image/') || bytes > maxBytes) throw notFound();
    return share(objectKey, signal, async (signal) => {
      const wish = { accountId, signal };
      const kept = await readInTurn(wish, () => read(thumbnailKey(objectKey)));
      if (kept !== undefined) return Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
      const picture = await drawInTurn(wish, () => draw(objectKey));
      await keep(objectKey, picture);
      return picture;
    });
  };
}
