import type { BrowserContext } from 'playwright-core';

/** What went wrong in the pages of a context and nobody said was to be expected. */
export interface FaultWatch {
  /** Faults whose text matches are expected from now on: those that a test brings about, such as a server that it has ended. */
  expect(pattern: RegExp): void;
  /** The others, in the order that they came: uncaught errors, what the page's policy forbade, and whatever else the console shows as an error. */
  found(): readonly string[];
}

export function watchFaults(context: BrowserContext): FaultWatch {
  const expected: RegExp[] = [];
  const faults: string[] = [];
  const note = (fault: string) => {
    if (!expected.some((pattern) => pattern.test(fault))) faults.push(fault);
  };
  context.on('weberror', (error) => {
    const thrown = error.error();
    note(`uncaught: ${thrown.stack ?? thrown.message}`);
  });
  // A violation of the policy and an answer that is an error come here too.
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('page', (page) => page.on('crash', () => note(`crashed: ${page.url()}`)));
  return { expect: (pattern) => void expected.push(pattern), found: () => faults };
}
