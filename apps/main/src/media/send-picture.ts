import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { matchesEtag } from '../calls/conditional-read.ts';
import type { DrawThumbnail, DrawnFile } from './draw-thumbnail.ts';
import type { ContentFile } from './send-content.ts';

export const pictureResponse = {
  description:
    'Upright, and never larger than the image: its shorter side has at most 640 pixels, its longer one at most 1920.',
  content: { 'image/jpeg': { schema: z.custom<Buffer>().meta({ type: 'string', format: 'binary' }) } },
};

/** Sends a small picture of a file. It never changes, so that it is sent once to a browser, which asks each time whether it may still show it. */
export async function sendPicture(
  drawThumbnail: DrawThumbnail,
  file: ContentFile,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  // It changes where pictures are drawn in another way.
  const etag = `"${file.sha256}-640"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  const known = request.headers['if-none-match'];
  if (known !== undefined && matchesEtag(known, etag)) return reply.code(304).send(undefined);
  return sendDrawn(drawThumbnail, file, { accountId: request.accountId, reply });
}

/** Draws the picture for as long as its client waits for it, as a page does that has not scrolled on. */
export async function sendDrawn(
  drawThumbnail: DrawThumbnail,
  file: DrawnFile,
  { accountId, reply }: { accountId: string; reply: FastifyReply },
): Promise<FastifyReply> {
  const leaving = new AbortController();
  reply.raw.once('close', () => leaving.abort());
  // Whoever has left already is not told of leaving again.
  if (reply.raw.destroyed) leaving.abort();
  const picture = await drawThumbnail(file, { accountId, signal: leaving.signal }).catch((error: unknown) => {
    if (leaving.signal.aborted) return undefined;
    throw error;
  });
  // Nobody hears this answer, and nothing went wrong.
  if (picture === undefined) return reply.code(503).send(undefined);
  return reply.type('image/jpeg').send(picture);
}
