import type { FindMedia } from '../calls/read-media.ts';
import { findNamedMedia } from '../calls/find-named-media.query.ts';
import type { Submission } from '../calls/read-submission.ts';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';
import { isRequest } from '../requests/read-item.ts';
import type { RequestReadOptions } from '../requests/read-request.ts';
import { requestIdOf } from '../requests/request-id-of.ts';
import type { ParsedCall } from './batch-body.ts';
import { createBreather } from './breather.ts';
import type { NamedRequest } from './find-request-id-faults.ts';
import { listedFaults } from './malformed-batch.ts';
import type { AskedBatch } from './read-batch.ts';
import { readBatchItem } from './read-batch-item.ts';

/** The calls of a batch, or what is wrong with them. */
export interface ReadCalls {
  submissions: Submission[];
  faults: ProblemFault[];
  /** The request ids that stand in it, also in what has faults. */
  requests: NamedRequest[];
}

type ReadItem = { submission: Submission } | { faults: readonly ProblemFault[] } | { cause: unknown };

interface ItemReadOptions extends RequestReadOptions {
  /** When the first call of the batch begins, where that is later. */
  beginsAt: Date | undefined;
}

const readTogether = 200;
/** Of one call. Those of many calls, each with as many as its bytes can hold, would not fit into memory. */
const faultsOfItem = 100;

/** Reads all calls of a batch, some at a time: other requests have their turn between them, and the files that they name are looked for together. */
export async function readBatchCalls(
  { calls, beginsAt }: Pick<AskedBatch, 'calls' | 'beginsAt'>,
  options: RequestReadOptions,
): Promise<ReadCalls> {
  const breather = createBreather();
  const submissions: Submission[] = [];
  const faults: ProblemFault[] = [];
  const requests: NamedRequest[] = [];
  for (let first = 0; first < calls.count && faults.length < listedFaults; first += readTogether) {
    const reader = { ...options, beginsAt, findMedia: createMediaFinder(options) };
    const reading: Promise<ReadItem>[] = [];
    for (let index = first; index < Math.min(first + readTogether, calls.count); index += 1) {
      const call = calls.read(index);
      const requestId = 'value' in call && isRequest(call.value) ? requestIdOf(call.value) : undefined;
      if (requestId !== undefined) requests.push({ requestId, index });
      reading.push(readItem(call, index, reader));
      await breather.breathe();
    }
    for (const read of await Promise.all(reading)) {
      if ('cause' in read) throw read.cause;
      if ('submission' in read) submissions.push(read.submission);
      else faults.push(...read.faults);
    }
  }
  return { submissions, faults, requests };
}

/** Never rejects: nobody listens yet while others of its piece are read. */
async function readItem(call: ParsedCall, index: number, options: ItemReadOptions): Promise<ReadItem> {
  if ('fault' in call) return { faults: [call.fault] };
  try {
    const submission = await readBatchItem(call.value, index, options);
    const { cancelAfter } = submission;
    if (cancelAfter === undefined || options.beginsAt === undefined || cancelAfter > options.beginsAt)
      return { submission };
    return { faults: [{ path: `/calls/${index}/cancelAfter`, message: 'must be later than the start of the batch' }] };
  } catch (cause) {
    return cause instanceof ProblemError ? { faults: faultsOf(cause, index).slice(0, faultsOfItem) } : { cause };
  }
}

function faultsOf({ faults, message }: ProblemError, index: number): readonly ProblemFault[] {
  return faults.length > 0 ? faults : [{ path: `/calls/${index}`, message }];
}

/** One query for what several inputs ask within a moment. */
function createMediaFinder({ pool, accountId }: RequestReadOptions): FindMedia {
  let asked: Set<string> | undefined;
  let answer: ReturnType<FindMedia> | undefined;
  return (mediaIds) => {
    if (asked === undefined || answer === undefined) {
      const ids = new Set<string>();
      asked = ids;
      answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        asked = undefined;
        return findNamedMedia(pool, [[...ids], accountId]);
      });
    }
    for (const mediaId of mediaIds) asked.add(mediaId);
    return answer;
  };
}
