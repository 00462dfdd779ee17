import type { english } from './english/index.ts';

/** Everything that the page says, in one language. English is the original: the others have to have all of it. */
export type Words = typeof english;
