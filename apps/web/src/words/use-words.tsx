import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import { kept } from '../elements/kept-texts.ts';
import { type Language, loadWords, tagOf } from './language.ts';
import type { Words } from './words.ts';

interface Speech {
  words: Words;
  language: Language;
  /** Rejects where the words cannot be had: the page goes on in its language. */
  changeLanguage: (language: Language) => Promise<void>;
}

const SpeechContext = createContext<Speech | undefined>(undefined);

interface Props {
  language: Language;
  words: Words;
  children: ReactNode;
}

/** Gives the page its words. They are loaded before the first paint, so that nothing changes its width afterwards. */
export function SpeechProvider({ language: first, words: firstWords, children }: Props) {
  const [spoken, setSpoken] = useState({ language: first, words: firstWords });
  const wished = useRef(first);
  const changeLanguage = useCallback(async (language: Language) => {
    wished.current = language;
    const words = await loadWords(language, navigator.languages);
    // Whoever has chosen another meanwhile wants that one.
    if (wished.current !== language) return;
    kept.setItem('darkroom.language', language);
    document.documentElement.lang = tagOf(language);
    setSpoken({ language, words });
  }, []);
  const speech = useMemo(() => ({ ...spoken, changeLanguage }), [spoken, changeLanguage]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === undefined) throw new Error('useSpeech needs a SpeechProvider above it.');
  return speech;
}

export function useWords(): Words {
  return useSpeech().words;
}
