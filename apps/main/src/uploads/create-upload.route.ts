import multipart from '@fastify/multipart';
import { uploadSchema } from '@darkroom/contract';
import { z } from 'zod';
import type { ApiInstance } from '../api-instance.ts';
import { problemResponses } from '../openapi/problem-responses.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { limitConcurrency } from '../spool/limit-concurrency.ts';
import { endRefusedUploads } from './end-refused-upload.ts';
import { createMemoryBudget } from './memory-budget.ts';
import { prepareUpload } from './prepare-upload.ts';
import { presentUpload } from './present-upload.ts';
import { receiveFile } from './receive-file.ts';
import { storeUpload, type UploadStorage } from './store-upload.ts';
import { uploadLimits } from './upload-limits.ts';
import { readUploadSources, uploadQuerySchema } from './upload-sources.ts';

export interface CreateUploadDependencies extends UploadStorage {
  maxUploadBytes: number;
  baseUrl: () => string;
}

// So many of the largest are held at once, two of them of one account: a third is left to others, however slowly the two come. While
// a file is put together from its pieces it takes its length twice; that is done for one at a time, so it adds one.
const [uploadsInMemory, uploadsOfAccount] = [3, 2];
const preparedAtOnce = 2;

const headersSchema = z.object({
  'x-darkroom-upload': z
    .string()
    .optional()
    .describe('Any value. Required where no API key is sent: a web page of somebody else cannot send it.'),
});

/** For the documentation only: the body is read as it comes. */
const bodySchema = z.object({ file: z.string().meta({ format: 'binary' }).describe('The image or the video.') });

/** Registers itself with a parser for multipart bodies, so its instance is to be its own. */
export async function createUploadRoute(app: ApiInstance, dependencies: CreateUploadDependencies): Promise<void> {
  const { maxUploadBytes, baseUrl } = dependencies;
  const limits = uploadLimits(maxUploadBytes);
  const budget = createMemoryBudget({
    what: 'uploads',
    mostBytes: uploadsInMemory * maxUploadBytes,
    mostBytesOfAccount: uploadsOfAccount * maxUploadBytes,
  });
  const inTurn = limitConcurrency(preparedAtOnce);
  endRefusedUploads(app);
  app.removeAllContentTypeParsers();
  await app.register(multipart, { throwFileSizeLimit: false });
  // Left unread: the route says what to send instead.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.post(
    '/uploads',
    {
      validatorCompiler: () => () => true,
      schema: {
        tags: ['uploads'],
        summary: 'Upload an image or a video, to be named in an input as { "uploadId": … }',
        description:
          'multipart/form-data with one part, the file: a PNG, JPEG or WebP of at most 30 MB and 64 megapixels, or an MP4 or QuickTime video. What it is, is read from its bytes. Its metadata (Exif, places, times, comments) is removed before it is stored; an image that its metadata turns is turned.',
        consumes: ['multipart/form-data'],
        headers: headersSchema,
        querystring: uploadQuerySchema,
        body: bodySchema,
        response: { 201: uploadSchema, ...problemResponses(400, 401, 403, 413, 415, 422) },
      },
    },
    async (request, reply) => {
      if (request.headers.authorization === undefined && request.headers['x-darkroom-upload'] === undefined) {
        const detail =
          'Send the header `X-Darkroom-Upload: 1`, or an API key: a form of another web site could do neither.';
        throw new ProblemError('unauthenticated', detail);
      }
      if (!request.isMultipart()) throw new ProblemError('unsupported_media_type', 'Send multipart/form-data.');
      const sourceArtifactIds = await readUploadSources(dependencies.pool, request.accountId, request.query);
      const memory = budget.reserve(request.accountId);
      try {
        const file = await receiveFile(request, { ...limits, memory });
        const prepared = await inTurn(() => prepareUpload(file, limits));
        const upload = presentUpload(
          await storeUpload(dependencies, request.accountId, { ...prepared, sourceArtifactIds }),
        );
        return await reply.code(201).header('location', `${baseUrl()}/v1/uploads/${upload.id}`).send(upload);
      } finally {
        memory.release();
      }
    },
  );
}
