/** A file with an import that the boundaries forbid, or leave room for. */
export interface Plant {
  readonly boundary: string;
  readonly path: string;
  readonly code: string;
  /** The rule that refuses it. */
  readonly rule: string;
}

export const projects = '@nx/enforce-module-boundaries';
export const use = (specifier: string): string => `import { thing } from '${specifier}';\nthing();\n`;
export const later = (specifier: string): string => `await import('${specifier}');\n`;
