import type { FailureCode } from '@darkroom/contract';
import type { ProviderResult } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { keepAnswer } from './keep-answer.ts';
import { pause } from './pause.ts';
import { roomForParts, type SpooledAnswer } from './spool-container.ts';
import { ResultMissing, StoringFailed } from './storing-failed.ts';

const mebibyte = 1024 * 1024;
const limits = {
  image: { maxBytes: 64 * mebibyte, timeoutMs: 120_000 },
  video: { maxBytes: 256 * mebibyte, timeoutMs: 600_000 },
} satisfies Record<ProviderResult['kind'], { maxBytes: number; timeoutMs: number }>;
export const largestResultBytes = limits.video.maxBytes;
const waitsBetweenTriesMs = [500, 2_000, 5_000];
// A last frame or a thumbnail is not worth letting the result wait, and what is missing is waited for without holding a slot.
const waitsIfBrief = waitsBetweenTriesMs.slice(0, 1);

/** Why a result has no bytes: its address has expired, or it is one that nobody may follow. */
export type NoBytes = Extract<FailureCode, 'result_unavailable' | 'provider_response_invalid'>;

/**
 * The bytes of a result: from the answer itself, or downloaded, at most 64 MB for an image and 256 MB for a video. What fits the spool is kept
 * with the answer, since the provider's addresses expire; a larger one is downloaded again where it is needed again. A failure code where
 * the address will never give them. Fails where it does not give them now, with `ResultMissing` where the server says that it has none.
 */
export async function resultBytes(
  work: CallWork,
  answer: SpooledAnswer,
  result: ProviderResult,
): Promise<Uint8Array | NoBytes> {
  if ('bytes' in result) return result.bytes;
  const kept = answer.parts.find(({ url }) => url === result.url);
  if (kept) return kept.bytes;

  const bytes = await download(work, result);
  if (typeof bytes === 'string') return bytes;
  if (bytes.byteLength <= roomForParts(answer)) {
    answer.parts.push({ url: result.url, bytes });
    await keepAnswer(work, answer);
  }
  return bytes;
}

async function download(
  work: CallWork,
  { kind, url, headers, role = 'result' }: Extract<ProviderResult, { url: string }>,
): Promise<Uint8Array | NoBytes> {
  for (let tries = 0; ; tries += 1) {
    const download = await work.context.guardedHttp.download(url, { ...limits[kind], ...(headers && { headers }) });
    if (download.kind === 'downloaded') return download.bytes;
    work.logger.warn(
      { attempt: work.attempt, kind: download.kind, reason: download.reason },
      'the result could not be downloaded',
    );
    const isMissing = download.kind === 'missing';
    if (download.kind === 'gone' || (isMissing && work.missingIsGone)) return 'result_unavailable';
    if (download.kind === 'refused') return 'provider_response_invalid';
    const waitMs = (isMissing || role !== 'result' ? waitsIfBrief : waitsBetweenTriesMs)[tries];
    if (waitMs === undefined) {
      if (isMissing) throw new ResultMissing(download.reason);
      throw new StoringFailed(
        'result_unavailable',
        `The result could not be downloaded: ${download.reason}`,
        undefined,
      );
    }
    await pause(waitMs);
  }
}
