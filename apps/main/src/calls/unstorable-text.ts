import type { ProblemFault } from '../problems/problem-error.ts';
import { jsonPointer } from './json-pointer.ts';

const maxDepth = 32;

/** Texts that PostgreSQL's jsonb does not take (NUL, half a surrogate pair), and nesting that no input needs. */
export function findUnstorable(value: unknown, path: readonly PropertyKey[]): ProblemFault[] {
  if (typeof value === 'string') return faultsOfText(value, path);
  if (typeof value !== 'object' || value === null) return [];
  if (path.length > maxDepth) return [{ path: jsonPointer(path), message: `is nested deeper than ${maxDepth} levels` }];
  return Object.entries(value).flatMap(([name, part]) => [
    ...faultsOfText(name, path),
    ...findUnstorable(part, [...path, name]),
  ]);
}

function faultsOfText(text: string, path: readonly PropertyKey[]): ProblemFault[] {
  if (text.includes('\0')) return [{ path: jsonPointer(path), message: 'must not contain the character U+0000' }];
  return text.isWellFormed() ? [] : [{ path: jsonPointer(path), message: 'must be well-formed Unicode' }];
}
