import { askAgain } from '../elements/load-part.ts';
import { english } from './english/index.ts';
import type { Words } from './words.ts';

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The language that was chosen, or else the browser's, as far as the page speaks it. */
export function chooseLanguage(kept: string | null, preferred: readonly string[]): Language {
  const asked = [kept ?? '', ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return (
    asked.map((tag) => languages.find((language) => language === tag)).find((found) => found !== undefined) ?? 'en'
  );
}

/** What the page says of its language to the browser and to screen readers. */
export function tagOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}

/** English is there at once; another language is fetched when it is wanted. `preferred`: the browser's languages. */
export async function loadWords(language: Language, preferred: readonly string[]): Promise<Words> {
  const words = language === 'en' ? english : (await import('./chinese/index.ts')).chinese;
  // Times and numbers are written as where the reader is, as far as that is in the same language.
  return { ...words, locale: preferred.find((tag) => tag.startsWith(language)) ?? words.locale };
}

/**
 * What the page begins with: English where the words of its language cannot be had, rather than nothing at all. The choice stands, and the next
 * visit asks for them again.
 */
export async function firstWords(
  language: Language,
  load: (language: Language) => Promise<Words>,
  pauses?: readonly number[],
): Promise<{ language: Language; words: Words }> {
  try {
    return { language, words: await askAgain(() => load(language), pauses) };
  } catch {
    // The browser's own log tells which file could not be had.
    return { language: 'en', words: await load('en') };
  }
}
