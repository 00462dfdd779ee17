import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { notModifiedSchema } from '../calls/conditional-read.ts';
import { contentHeadersSchema, contentResponses, type ContentSource, sendContent } from '../media/send-content.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { findOwnUpload, type UploadReading } from './find-own-upload.ts';

type UploadContentDependencies = UploadReading & ContentSource;

export function getUploadContentRoute(app: ApiInstance, dependencies: UploadContentDependencies): void {
  app.get(
    '/uploads/:id/content',
    {
      schema: {
        tags: ['uploads'],
        summary: 'The bytes of an upload',
        params: z.object({ id: z.string() }),
        headers: contentHeadersSchema('upload'),
        response: { ...contentResponses, 304: notModifiedSchema('upload'), ...problemResponses(401, 404, 416) },
      },
    },
    async (request, reply) => {
      const file = await findOwnUpload(dependencies, request.accountId, request.params.id);
      return sendContent(dependencies, file, { request, reply });
    },
  );
}
