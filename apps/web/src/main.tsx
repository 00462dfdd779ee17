import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './app.css';
import { createQueryClient } from './darkroom/query-client.ts';
import { kept } from './elements/kept-texts.ts';
import { chooseLanguage, firstWords, loadWords, tagOf } from './words/language.ts';
import { SpeechProvider } from './words/use-words.tsx';

const chosen = chooseLanguage(kept.getItem('darkroom.language'), navigator.languages);
const { language, words } = await firstWords(chosen, (wanted) => loadWords(wanted, navigator.languages));
document.documentElement.lang = tagOf(language);
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <SpeechProvider language={language} words={words}>
        <App />
      </SpeechProvider>
    </QueryClientProvider>
  </StrictMode>,
);
