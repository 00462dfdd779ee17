import { failure, type Failure, type StoredArtifact } from '@darkroom/contract';
import { artifactIdOf } from './artifact-id.ts';
import type { ProviderResult } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { checkImage, type ImageFacts } from './check-image.ts';
import { messageOf } from './error-message.ts';
import { sha256Of } from './keep-answer.ts';
import type { NoBytes } from './result-bytes.ts';
import { StoringFailed } from './storing-failed.ts';

/** `worthless`: none of the results is an image, and none will ever be. */
export type StoredResults = { kind: 'stored'; artifacts: StoredArtifact[] } | { kind: 'worthless'; error: Failure };

const reasons: Record<NoBytes, string> = {
  result_unavailable: 'The address of the result leads nowhere any more.',
  provider_response_invalid: 'The address of the result is one that may not be followed.',
};

type ResultBytes = (result: ProviderResult) => Promise<Uint8Array | NoBytes>;

/**
 * Checks each result by its content and puts it into object storage, where a repeat finds it. Results that are no images are
 * left out. Fails where storage does not take one.
 */
export async function storeResults(
  work: CallWork,
  results: readonly ProviderResult[],
  bytesOf: ResultBytes,
): Promise<StoredResults> {
  const artifacts: StoredArtifact[] = [];
  const faults: string[] = [];
  let isUnavailable = false;
  for (const [position, result] of results.entries()) {
    const bytes = await bytesOf(result);
    if (typeof bytes === 'string') {
      faults.push(reasons[bytes]);
      isUnavailable ||= bytes === 'result_unavailable';
      continue;
    }
    const check = await work.context.heavyWork.run(() => checkImage(bytes));
    if (check.kind === 'image') artifacts.push(await storeImage(work, { position, bytes, facts: check.facts }));
    else faults.push(check.reason);
  }
  if (artifacts.length > 0) {
    for (const reason of faults)
      work.logger.warn({ attempt: work.attempt, reason }, 'a result is no image and was left out');
    return { kind: 'stored', artifacts };
  }
  const what = faults.length === 0 ? 'It holds no result.' : faults.join(' ');
  const code = isUnavailable ? 'result_unavailable' : 'provider_response_invalid';
  return {
    kind: 'worthless',
    error: failure(
      code,
      `The provider's answer holds no usable image. ${what} Make the call again; it is paid for anew.`,
    ),
  };
}

async function storeImage(
  work: CallWork,
  { position, bytes, facts }: { position: number; bytes: Uint8Array; facts: ImageFacts },
): Promise<StoredArtifact> {
  const { context, call, attempt } = work;
  const { contentType, extension, width, height } = facts;
  const objectKey = [context.objectKeyPrefix, call.accountId, call.callId, `${attempt}-${position}.${extension}`].join(
    '/',
  );
  const sha256 = sha256Of(bytes);
  try {
    await context.objectStore.putIfAbsent({ key: objectKey, bytes, contentType, sha256 });
    context.storageHealth.tookWrite();
  } catch (error) {
    context.storageHealth.failed();
    throw new StoringFailed('storage_unavailable', messageOf(error), error);
  }
  const artifactId = artifactIdOf({ callId: call.callId, attempt, position });
  return { artifactId, contentType, width, height, bytes: bytes.byteLength, sha256, objectKey, attempt, position };
}
