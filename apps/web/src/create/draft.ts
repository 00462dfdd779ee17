import type { Field } from './form-model.ts';
import { mediaValuesOf } from './media-value.ts';
import { type Making, makings } from './operation-choice.ts';

/** What a person has chosen and typed. One for all operations, so that changing the model loses no word. */
export interface Draft {
  making: Making;
  /** The integration and the operation last chosen, for each thing to make. */
  chosen: Partial<Record<Making, { integration: string; operation: string }>>;
  values: Record<string, unknown>;
  /** How many calls are made of it, 1 to 8. */
  variations: number;
}

export const mostVariations = 8;
export const emptyDraft: Draft = { making: 'image', chosen: {}, values: {}, variations: 1 };

/** Reads a kept draft. What cannot be read is as if nothing was kept. */
export function readDraft(text: string | null): Draft {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    if (typeof kept !== 'object' || kept === null) return emptyDraft;
    const { making, chosen, values, variations } = kept as Partial<Record<keyof Draft, unknown>>;
    return {
      making: makings.find((known) => known === making) ?? emptyDraft.making,
      chosen: isRecord(chosen) ? chosen : {},
      values: isRecord(values) ? values : {},
      variations: typeof variations === 'number' ? clampVariations(variations) : 1,
    };
  } catch {
    return emptyDraft;
  }
}

export function clampVariations(count: number): number {
  return Math.min(mostVariations, Math.max(1, Math.round(count) || 1));
}

/** Whether something that was typed or chosen is no longer there after a change. Files may have moved to another field. */
export function losesValues(before: Draft, after: Draft): boolean {
  const lists = Object.values(after.values).filter((value): value is unknown[] => Array.isArray(value));
  const files = new Set(lists.flat().map((file) => JSON.stringify(file)));
  return Object.entries(before.values).some(([name, value]) => {
    if (Array.isArray(value)) return value.some((file) => !files.has(JSON.stringify(file)));
    const isEmpty = value === undefined || (typeof value === 'string' && value.trim() === '');
    return !isEmpty && JSON.stringify(after.values[name]) !== JSON.stringify(value);
  });
}

/**
 * Hands the files over when another operation is chosen: its first field of the same kind takes those that no field of it would show.
 * Values without files stay where they are: fields of one name mean the same.
 */
export function carryMedia(
  values: Readonly<Record<string, unknown>>,
  from: readonly Field[],
  to: readonly Field[],
): Record<string, unknown> {
  const kept = new Set(to.filter(({ kind }) => kind === 'media').map(({ name }) => name));
  const carried = { ...values };
  for (const field of from) {
    if (field.kind !== 'media' || field.isMask || kept.has(field.name)) continue;
    const target = to.find(
      (other) =>
        other.kind === 'media' &&
        other.media === field.media &&
        !other.isMask &&
        mediaValuesOf(carried[other.name]).length === 0,
    );
    const files = mediaValuesOf(carried[field.name]);
    if (target?.kind !== 'media' || files.length === 0) continue;
    carried[target.name] = files.slice(0, target.most);
    delete carried[field.name];
  }
  return carried;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
