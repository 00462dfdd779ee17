import { failure, type Failure, type StoredArtifact } from '@darkroom/contract';
import { artifactIdOf } from './artifact-id.ts';
import type { ProviderResult } from './call-handler.ts';
import type { CallWork } from './call-work.ts';
import { checkResult, type FileFacts } from './check-result.ts';
import { messageOf } from './error-message.ts';
import { sha256Of } from './keep-answer.ts';
import { largestResultBytes, type NoBytes } from './result-bytes.ts';
import { failureCodeOf, StoringFailed } from './storing-failed.ts';

/** `isWhole`: no result was left out. `worthless`: none of the results is what was asked for, and none will ever be. */
export type StoredResults =
  { kind: 'stored'; artifacts: StoredArtifact[]; isWhole: boolean } | { kind: 'worthless'; error: Failure };

const reasons: Record<NoBytes, string> = {
  result_unavailable: 'The address of the result leads nowhere any more.',
  provider_response_invalid:
    'The address of the result is one that may not be followed, or leads to a file that is too large.',
};

type ResultBytes = (result: ProviderResult) => Promise<Uint8Array | NoBytes>;
type StoredResult = { kind: 'stored'; artifact: StoredArtifact } | { kind: 'left_out'; code: NoBytes; reason: string };

/**
 * Checks each result by its content and puts it into object storage, where a repeat finds it. Results that are not what was promised are
 * left out; so is a last frame or a thumbnail that cannot be had now, since nobody asked for it. Fails where storage does not take one,
 * and where a result itself cannot be had now.
 */
export async function storeResults(
  work: CallWork,
  results: readonly ProviderResult[],
  bytesOf: ResultBytes,
): Promise<StoredResults> {
  const artifacts: StoredArtifact[] = [];
  const faults: { code: NoBytes; reason: string }[] = [];
  for (const [position, result] of results.entries()) {
    const store = () => storeResult(work, { position, result, bytesOf });
    const stored = await (result.kind === 'video' ? work.context.largeFiles.run(store) : store());
    if (stored.kind === 'stored') artifacts.push(stored.artifact);
    else if (isExtra(result)) tellLeftOut(work, stored.reason);
    else faults.push(stored);
  }
  if (artifacts.some(({ role }) => role === undefined)) {
    for (const { reason } of faults) tellLeftOut(work, reason);
    return { kind: 'stored', artifacts, isWhole: faults.length === 0 };
  }
  return { kind: 'worthless', error: worthless(results, faults) };
}

async function storeResult(
  work: CallWork,
  { position, result, bytesOf }: { position: number; result: ProviderResult; bytesOf: ResultBytes },
): Promise<StoredResult> {
  const bytes = await (isExtra(result) ? extraBytes(result, bytesOf) : bytesOf(result));
  if (typeof bytes === 'string') return { kind: 'left_out', code: bytes, reason: reasons[bytes] };
  const check = await work.context.heavyWork.run(() => checkResult(result.kind, bytes));
  if (check.kind === 'unusable') return { kind: 'left_out', code: 'provider_response_invalid', reason: check.reason };
  return { kind: 'stored', artifact: await storeFile(work, { position, result, bytes, facts: check.facts }) };
}

async function extraBytes(result: ProviderResult, bytesOf: ResultBytes): Promise<Uint8Array | NoBytes> {
  try {
    return await bytesOf(result);
  } catch (error) {
    if (failureCodeOf(error) === 'result_unavailable') return 'result_unavailable';
    throw error;
  }
}

async function storeFile(
  work: CallWork,
  { position, result, bytes, facts }: { position: number; result: ProviderResult; bytes: Uint8Array; facts: FileFacts },
): Promise<StoredArtifact> {
  const { context, call, attempt } = work;
  const { extension, ...known } = facts;
  const { contentType } = facts;
  const objectKey = [context.objectKeyPrefix, call.accountId, call.callId, `${attempt}-${position}.${extension}`].join(
    '/',
  );
  const sha256 = sha256Of(bytes);
  const artifact = (facts: StoredFacts): StoredArtifact => ({
    artifactId: artifactIdOf({ callId: call.callId, attempt, position }),
    ...facts,
    ...(isExtra(result) && { role: result.role }),
    objectKey,
    attempt,
    position,
  });
  try {
    await context.objectStore.putIfAbsent({ key: objectKey, bytes, contentType, sha256 });
    context.storageHealth.tookWrite();
    return artifact({ ...known, bytes: bytes.byteLength, sha256 });
  } catch (error) {
    const earlier = isConflict(error) ? await readEarlier(work, objectKey, result.kind) : undefined;
    if (earlier) return artifact(earlier);
    context.storageHealth.failed();
    throw new StoringFailed('storage_unavailable', messageOf(error), error);
  }
}

type StoredFacts = Omit<FileFacts, 'extension'> & { bytes: number; sha256: string };

/**
 * What an earlier execution stored of the same result. Some providers put a file together anew for each download, so that one made after
 * a crash has other bytes: the first ones are the result.
 */
async function readEarlier(
  { context }: CallWork,
  key: string,
  kind: ProviderResult['kind'],
): Promise<StoredFacts | undefined> {
  const bytes = await context.objectStore.get(key, { maxBytes: largestResultBytes }).catch((error: unknown) => {
    // The conflict is thrown instead, and storing is tried again.
    context.logger.warn({ error }, 'what was stored earlier of the same result could not be read');
    return undefined;
  });
  if (!bytes) return undefined;
  const check = await context.heavyWork.run(() => checkResult(kind, bytes));
  if (check.kind === 'unusable') return undefined;
  const { extension: _inTheKey, ...facts } = check.facts;
  return { ...facts, bytes: bytes.byteLength, sha256: sha256Of(bytes) };
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'conflict';
}

function isExtra({ role = 'result' }: ProviderResult): boolean {
  return role !== 'result';
}

function tellLeftOut({ attempt, logger }: CallWork, reason: string): void {
  logger.warn({ attempt, reason }, 'a result was left out');
}

function worthless(results: readonly ProviderResult[], faults: readonly { code: NoBytes; reason: string }[]): Failure {
  const promised = results.find((result) => !isExtra(result))?.kind ?? 'file';
  const what = faults.length === 0 ? 'It holds no result.' : faults.map(({ reason }) => reason).join(' ');
  const code = faults.some((fault) => fault.code === 'result_unavailable')
    ? 'result_unavailable'
    : 'provider_response_invalid';
  return failure(
    code,
    `The provider's answer holds no usable ${promised}. ${what} Make the call again; it is paid for anew.`,
  );
}
