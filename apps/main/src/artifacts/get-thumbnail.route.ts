import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { ifNoneMatchSchema, notModifiedSchema } from '../calls/conditional-read.ts';
import type { DrawThumbnail } from '../media/draw-thumbnail.ts';
import { pictureResponse, sendPicture } from '../media/send-picture.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findArtifactFile } from './find-own-artifact.ts';

interface GetThumbnailDependencies {
  pool: Pool;
  drawThumbnail: DrawThumbnail;
}

export function getThumbnailRoute(app: ApiInstance, { pool, drawThumbnail }: GetThumbnailDependencies): void {
  app.get(
    '/artifacts/:id/thumbnail',
    {
      schema: {
        tags: ['artifacts'],
        summary: 'A small picture of an artifact',
        description:
          'A JPEG. It never changes, but a browser that keeps it asks each time whether it may still be read (ETag). Of what is no image there is none.',
        params: z.object({ id: z.string() }),
        headers: ifNoneMatchSchema('artifact'),
        response: { 200: pictureResponse, 304: notModifiedSchema('artifact'), ...problemResponses(401, 404, 410) },
      },
    },
    async (request, reply) => {
      const { params, accountId } = request;
      const file = await findArtifactFile(pool, { id: params.id, accountId });
      return sendPicture(drawThumbnail, file, { request, reply });
    },
  );
}
