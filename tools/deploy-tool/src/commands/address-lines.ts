import type { ComponentStatus } from '../supervisor/messages.ts';

/** The addresses of components, one a line. */
export function addressLines(components: readonly ComponentStatus[]): string[] {
  const addresses = components.flatMap((component) => Object.entries(component.addresses));
  const width = Math.max(0, ...addresses.map(([word]) => word.length));
  return addresses.map(([word, address]) => `  ${word.padEnd(width)}  ${address}`);
}
