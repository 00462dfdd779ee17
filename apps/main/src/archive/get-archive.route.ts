import type { Readable } from 'node:stream';
import { isId } from '@darkroom/contract';
import type { Pool } from '@darkroom/platform-postgres';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { type BatchReader, readBatchOf } from '../batches/batch-reader.ts';
import type { ContentSource } from '../media/send-content.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { notFound, ProblemError } from '../problems/problem-error.ts';
import { type BatchFile, listBatchFiles } from './list-batch-files.ts';
import { type FileToArchive, writeZip } from './write-zip.ts';

interface ArchiveDependencies extends BatchReader, ContentSource {
  pool: Pool;
}

const zipResponse = {
  description: 'The archive, as it is being made.',
  content: { 'application/zip': { schema: z.custom<Readable>().meta({ type: 'string', format: 'binary' }) } },
};

export function getArchiveRoute(app: ApiInstance, dependencies: ArchiveDependencies): void {
  const { pool, objectStore, openFiles } = dependencies;
  app.get(
    '/batches/:id/archive',
    {
      // A HEAD request would open files that nobody reads.
      exposeHeadRoute: false,
      schema: {
        tags: ['batches'],
        summary: 'Download all results of a batch as a ZIP',
        description:
          'All files that its calls have produced so far and that are still stored, named after their calls, in the order of the batch. The archive is made while it is sent; where storage fails in the middle, the connection breaks off.',
        params: z.object({ id: z.string() }),
        response: { 200: zipResponse, ...problemResponses(401, 404) },
      },
    },
    async (request, reply) => {
      const { params, accountId } = request;
      const { id } = params;
      const batch = isId('bat', id) ? await readBatchOf(dependencies, accountId, id) : undefined;
      if (batch === undefined) throw notFound();
      openFiles.count({ request, reply });
      const files = listBatchFiles(pool, accountId, { id, calls: batch.calls.total });
      return reply
        .headers({
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="darkroom-${batch.createdAt.slice(0, 10)}-${id}.zip"`,
          'cache-control': 'private, no-store',
        })
        .send(writeZip(openEach(files, objectStore)));
    },
  );
}

async function* openEach(
  files: AsyncIterable<BatchFile>,
  objectStore: ArchiveDependencies['objectStore'],
): AsyncGenerator<FileToArchive> {
  for await (const { name, objectKey, bytes, createdAt } of files) {
    const open = async () => {
      const object = await objectStore.stream(objectKey);
      if (object === undefined) throw new ProblemError('storage_unavailable', `${name} is not in object storage.`);
      return object.body;
    };
    yield { name, bytes, modifiedAt: createdAt, open };
  }
}
