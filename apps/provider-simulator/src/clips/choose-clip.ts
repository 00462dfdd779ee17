import { createHash } from 'node:crypto';
import type { ClipFacts } from './clip-facts.schema.ts';

/** What a client asked for. A clip comes as near as one of the few that there are. */
export interface WantedClip {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly seconds?: number | undefined;
}

/** Words of the prompt decide first, then the wanted shape, then the wanted length; a hash of the prompt among what remains. */
export function chooseClip(clips: readonly ClipFacts[], prompt: string, wanted: WantedClip): ClipFacts {
  const number = /\bclip (?<number>\d+)\b/i.exec(prompt)?.groups?.['number'];
  const named = clips.find((clip) => clip.number === Number(number));
  if (named) return named;

  const shaped = keep(clips, shapeOf(prompt, wanted));
  const long = keep(shaped, lengthIn(prompt) ?? nearest(shaped, wanted.seconds));
  const chosen = long[hashOf(prompt) % long.length];
  if (!chosen) throw new Error('There is no clip: run assets/make-clips.sh.');
  return chosen;
}

type Condition = (clip: ClipFacts) => boolean;

/** The clips that meet a condition, or all where none does. */
function keep(clips: readonly ClipFacts[], condition: Condition | undefined): readonly ClipFacts[] {
  const kept = condition ? clips.filter(condition) : clips;
  return kept.length > 0 ? kept : clips;
}

function shapeOf(prompt: string, { width = 0, height = 0 }: WantedClip): Condition | undefined {
  const portrait: Condition = (clip) => clip.height > clip.width;
  const landscape: Condition = (clip) => clip.width > clip.height;
  if (/\b(portrait|vertical|upright)\b/i.test(prompt)) return portrait;
  if (/\b(landscape|horizontal|wide)\b/i.test(prompt)) return landscape;
  if (width === height) return undefined;
  return height > width ? portrait : landscape;
}

function lengthIn(prompt: string): Condition | undefined {
  if (/\b(short|brief)\b/i.test(prompt)) return ({ durationSeconds }) => durationSeconds <= 2;
  if (/\blong\b/i.test(prompt)) return ({ durationSeconds }) => durationSeconds >= 4;
  return undefined;
}

/** The two nearest lengths, so that prompts with the same wishes still differ. */
function nearest(clips: readonly ClipFacts[], seconds: number | undefined): Condition | undefined {
  if (seconds === undefined) return undefined;
  const distance = ({ durationSeconds }: ClipFacts) => Math.abs(durationSeconds - seconds);
  const [, second = Infinity] = clips.map(distance).sort((one, other) => one - other);
  return (clip) => distance(clip) <= second;
}

function hashOf(prompt: string): number {
  return createHash('sha256').update(prompt).digest().readUInt32BE(0);
}
