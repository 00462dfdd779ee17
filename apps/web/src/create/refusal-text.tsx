import { ServerText } from '../elements/server-text.tsx';
import type { Refusal } from './outbox.ts';

interface RefusalTextProps {
  reason: string;
  refusal: Refusal | undefined;
}

/** Why a call was not accepted or not sent. What is wrong with each setting says more than that something is. */
export function RefusalText({ reason, refusal }: RefusalTextProps) {
  if (refusal === undefined) return <span lang="en">{reason}</span>;
  const faults = refusal.errors.map(({ message }) => message);
  return <ServerText text={faults.length > 0 ? faults.join(' ') : reason} />;
}
