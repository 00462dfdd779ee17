import { isId, uploadSchema } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound } from '../problems/problem-error.ts';
import { presentUpload } from './present-upload.ts';
import { findUpload } from './upload.queries.ts';

export function getUploadRoute(app: ApiInstance, { pool }: { pool: Pool }): void {
  app.get(
    '/uploads/:id',
    {
      schema: {
        tags: ['uploads'],
        summary: 'What is known of an upload',
        params: z.object({ id: z.string() }),
        response: { 200: uploadSchema, ...problemResponses(401, 404) },
      },
    },
    async ({ params: { id }, accountId }) => {
      const [upload] = isId('upl', id) ? await findUpload(pool, [id, accountId]) : [];
      if (upload === undefined) throw notFound();
      return presentUpload(upload);
    },
  );
}
