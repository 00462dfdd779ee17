import type { MultipartFile } from '@fastify/multipart';
import { fileTypeFromBuffer } from 'file-type';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problems/problem-error.ts';
import type { MemoryReservation } from './memory-budget.ts';
import { refusedUpload, uploadTooLarge } from './refused-upload.ts';
import type { UploadLimits } from './upload-limits.ts';

interface ReceiveOptions extends UploadLimits {
  memory: MemoryReservation;
}

const oneFile = 'Send multipart/form-data with one part, the file: curl -F file=@photo.jpg.';
/** Room for the boundaries and the part's own headers. */
const bytesAroundFile = 64 * 1024;
const chunksToTellType = 8;
const longestMs = 15 * 60 * 1000;

/** Takes in the one file of a multipart request. It holds what comes in memory, and stops at the first byte too many. */
export async function receiveFile(request: FastifyRequest, options: ReceiveOptions): Promise<Buffer> {
  const { maxBytes } = options;
  const tooLate = setTimeout(() => request.raw.destroy(), longestMs);
  try {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + bytesAroundFile)
      throw uploadTooLarge(maxBytes, 'an image or a video');
    return await readOnlyFile(request, options);
  } catch (error) {
    // A client that still sends reads the answer only when it has been heard to the end.
    request.raw.unpipe();
    request.raw.resume();
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('malformed_request', `The body ends too early or is no multipart body. ${oneFile}`, {
      cause: error,
    });
  } finally {
    clearTimeout(tooLate);
  }
}

async function readOnlyFile(request: FastifyRequest, options: ReceiveOptions): Promise<Buffer> {
  let file: Buffer | undefined;
  // The limits are above what is asked for, so that what is wrong is said here and not by the parser.
  const limits = { fileSize: options.maxBytes + 1, files: 2, fields: 1, parts: 3, fieldSize: 1024 };
  for await (const part of request.parts({ limits })) {
    if (part.type !== 'file' || file !== undefined) throw new ProblemError('malformed_request', oneFile);
    file = await readBytes(part.file, options);
  }
  if (file === undefined) throw new ProblemError('malformed_request', oneFile);
  if (file.length === 0) throw refusedUpload('The file is empty.', 'Send an image or a video.');
  return file;
}

async function readBytes(
  stream: MultipartFile['file'],
  { maxBytes, maxImageBytes, memory }: ReceiveOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  let mayBeLong = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    memory.grow(chunk.length);
    chunks.push(chunk);
    received += chunk.length;
    if (received > maxBytes) throw uploadTooLarge(maxBytes, 'an image or a video');
    if (received <= maxImageBytes || mayBeLong) continue;
    await refuseImage(chunks, maxImageBytes);
    mayBeLong = true;
  }
  return Buffer.concat(chunks);
}

async function refuseImage(chunks: readonly Buffer[], maxImageBytes: number): Promise<void> {
  const type = await fileTypeFromBuffer(Buffer.concat(chunks.slice(0, chunksToTellType)));
  if (type?.mime.startsWith('image/')) throw uploadTooLarge(maxImageBytes, 'an image');
}
