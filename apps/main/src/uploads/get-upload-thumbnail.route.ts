import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { ifNoneMatchSchema, notModifiedSchema } from '../calls/conditional-read.ts';
import type { DrawThumbnail } from '../media/draw-thumbnail.ts';
import { pictureResponse, sendPicture } from '../media/send-picture.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findOwnUpload, type UploadReading } from './find-own-upload.ts';

interface UploadThumbnailDependencies extends UploadReading {
  drawThumbnail: DrawThumbnail;
}

export function getUploadThumbnailRoute(app: ApiInstance, dependencies: UploadThumbnailDependencies): void {
  app.get(
    '/uploads/:id/thumbnail',
    {
      schema: {
        tags: ['uploads'],
        summary: 'A small picture of an upload',
        description: 'A JPEG. Of what is no image there is none.',
        params: z.object({ id: z.string() }),
        headers: ifNoneMatchSchema('upload'),
        response: { 200: pictureResponse, 304: notModifiedSchema('upload'), ...problemResponses(401, 404) },
      },
    },
    async (request, reply) => {
      const file = await findOwnUpload(dependencies, request.accountId, request.params.id);
      return sendPicture(dependencies.drawThumbnail, file, { request, reply });
    },
  );
}
