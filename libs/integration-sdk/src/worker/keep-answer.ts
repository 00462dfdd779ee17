import { createHash } from 'node:crypto';
import { type CallWork, spoolAddressOf } from './call-work.ts';
import { messageOf } from './error-message.ts';
import { encodeSpooledAnswer, type SpooledAnswer } from './spool-container.ts';

/**
 * Puts the answer on this machine's disk before anything is done with it. Where the disk fails, it goes on from memory: storing
 * comes next, and `main` keeps the answer where storing fails too.
 */
export async function keepAnswer(work: CallWork, answer: SpooledAnswer): Promise<void> {
  try {
    await work.context.localSpool.write(spoolAddressOf(work), encodeSpooledAnswer(answer));
  } catch (error) {
    work.logger.error(
      { attempt: work.attempt, reason: messageOf(error) },
      'the disk did not take the answer: it is in memory only',
    );
  }
}

/**
 * Forgets an answer whose results, or whose refusal, `main` knows: on this machine, and in the spool of `main` where a copy
 * with this hash may be.
 */
export async function forgetAnswer(work: CallWork, mainSpoolSha256: string | undefined): Promise<void> {
  const address = spoolAddressOf(work);
  try {
    await work.context.localSpool.remove(address);
    if (mainSpoolSha256 !== undefined) await work.context.main.deleteSpool(address, mainSpoolSha256);
  } catch (error) {
    work.logger.warn(
      { attempt: work.attempt, reason: messageOf(error) },
      'a copy of the answer stays in a spool for now',
    );
  }
}

/**
 * Lets go of an answer that has come to its end. Where the provider answered with a success and nothing was made of it, or not of all its
 * results, the fault may be in the code that reads it: such an answer was paid for, and is set aside for people instead.
 */
export async function letGoOfAnswer(
  work: CallWork,
  {
    answer,
    wasOfUse,
    mainSpoolSha256,
  }: { answer: SpooledAnswer; wasOfUse: boolean; mainSpoolSha256?: string | undefined },
): Promise<void> {
  const { status } = answer.response;
  if (!wasOfUse && status >= 200 && status < 300) {
    try {
      await work.context.localSpool.setAside(spoolAddressOf(work), encodeSpooledAnswer(answer));
      work.logger.error(
        { attempt: work.attempt },
        'nothing could be made of a paid answer, or not of all of it: it is set aside as unusable',
      );
    } catch (error) {
      work.logger.error(
        { attempt: work.attempt, reason: messageOf(error) },
        'an unusable answer could not be set aside: it stays in the spool',
      );
      return;
    }
  }
  await forgetAnswer(work, mainSpoolSha256);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
