import { Ban, CircleCheck, CircleX, Clock3, LoaderCircle } from 'lucide-react';
import type { Tone } from './situation.ts';

const looks: Record<Tone, string> = {
  waiting: 'text-warn',
  busy: 'text-accent',
  good: 'text-good',
  bad: 'text-bad',
  idle: 'text-muted',
};

/** A sign for how something stands; the words beside it say the same. */
export function StatusMark({ tone, size = 16 }: { tone: Tone; size?: number }) {
  const look = `shrink-0 ${looks[tone]}`;
  switch (tone) {
    case 'waiting':
      return <Clock3 size={size} className={look} aria-hidden="true" />;
    case 'busy':
      return <LoaderCircle size={size} className={`${look} animate-spin`} aria-hidden="true" />;
    case 'good':
      return <CircleCheck size={size} className={look} aria-hidden="true" />;
    case 'bad':
      return <CircleX size={size} className={look} aria-hidden="true" />;
    case 'idle':
      return <Ban size={size} className={look} aria-hidden="true" />;
  }
}
