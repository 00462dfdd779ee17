import type { FindUploads } from '../calls/find-media-faults.ts';
import type { Submission } from '../calls/read-submission.ts';
import { ProblemError, type ProblemFault } from '../problems/problem-error.ts';
import type { RequestReadOptions } from '../requests/read-request.ts';
import { findUploads } from '../uploads/upload.queries.ts';
import { createBreather } from './breather.ts';
import { readBatchItem } from './read-batch-item.ts';

/** The calls of a batch, or what is wrong with them. */
export interface ReadCalls {
  submissions: Submission[];
  faults: ProblemFault[];
}

type ReadItem = { submission: Submission } | { refusal: unknown; index: number };

const readTogether = 200;
const listedFaults = 10_000;

/** Reads all calls of a batch, some at a time: other requests have their turn between them, and their uploads are looked for together. */
export async function readBatchCalls(calls: readonly unknown[], options: RequestReadOptions): Promise<ReadCalls> {
  const breather = createBreather();
  const submissions: Submission[] = [];
  const faults: ProblemFault[] = [];
  for (let first = 0; first < calls.length && faults.length < listedFaults; first += readTogether) {
    const findTogether = createUploadFinder(options);
    const reading: Promise<ReadItem>[] = [];
    for (const [index, call] of calls.slice(first, first + readTogether).entries()) {
      reading.push(
        readBatchItem(call, first + index, { ...options, findUploads: findTogether }).then(
          (submission) => ({ submission }),
          (refusal: unknown) => ({ refusal, index: first + index }),
        ),
      );
      await breather.breathe();
    }
    for (const read of await Promise.all(reading)) {
      if ('submission' in read) submissions.push(read.submission);
      else faults.push(...faultsOf(read.refusal, read.index));
    }
  }
  return { submissions, faults };
}

function faultsOf(refusal: unknown, index: number): readonly ProblemFault[] {
  if (!(refusal instanceof ProblemError)) throw refusal;
  return refusal.faults.length > 0 ? refusal.faults : [{ path: `/calls/${index}`, message: refusal.message }];
}

/** One query for what several inputs ask within a moment. */
function createUploadFinder({ pool, accountId }: RequestReadOptions): FindUploads {
  let asked: Set<string> | undefined;
  let answer: ReturnType<FindUploads> | undefined;
  return (uploadIds) => {
    if (asked === undefined || answer === undefined) {
      const ids = new Set<string>();
      asked = ids;
      answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        asked = undefined;
        return findUploads(pool, [[...ids], accountId]);
      });
    }
    for (const uploadId of uploadIds) asked.add(uploadId);
    return answer;
  };
}
