import { useMutation } from '@tanstack/react-query';
import { BookOpen, Keyboard, LogOut, Settings2 } from 'lucide-react';
import { useId, useState } from 'react';
import { darkroom } from '../darkroom/darkroom.ts';
import { useNotice } from '../elements/notice.tsx';
import { Segments } from '../elements/segments.tsx';
import { keptForAccount } from '../session/kept-for.ts';
import { useSession } from '../session/session-query.ts';
import { languages } from '../words/language.ts';
import { useSpeech } from '../words/use-words.tsx';
import { appearances, type Appearance, changeAppearance, readAppearance } from './appearance.ts';
import { showShortcuts } from './shortcuts-dialog.tsx';

const languageNames = { en: 'English', zh: '中文' };
const item = 'flex h-10 pointer-coarse:h-11 w-full items-center gap-3 rounded-lg px-3 text-sm hover:bg-raised';

/** Appearance, language, and who is signed in. */
export function PreferencesMenu() {
  const { words, language, changeLanguage } = useSpeech();
  const { page } = words;
  const { data: session } = useSession();
  const notice = useNotice();
  const [appearance, setAppearance] = useState<Appearance>(readAppearance);
  const id = useId();
  const signOut = useMutation({
    mutationFn: () => darkroom.session.signOut(),
    onSuccess() {
      keptForAccount.forgetAll();
      location.assign('/');
    },
    onError: () => notice(page.signOutFailed),
  });
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={page.settings}
        title={page.settings}
        className="grid size-9 pointer-coarse:size-11 place-items-center rounded-lg text-muted transition-colors [anchor-name:--preferences] hover:bg-raised hover:text-ink"
      >
        <Settings2 size={18} />
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-15 right-3 w-72 rounded-2xl border border-line bg-surface p-3 text-ink shadow-float"
      >
        <div className="flex flex-col gap-4">
          <div className="flex flex-col gap-1.5">
            <span className="text-xs font-medium text-muted">{page.appearance}</span>
            <Segments
              label={page.appearance}
              isWide
              options={appearances.map((value) => ({ value, label: page.appearances[value] }))}
              value={appearance}
              onChange={(next = 'system') => {
                changeAppearance(next);
                setAppearance(next);
              }}
            />
          </div>
          <div className="flex flex-col gap-1.5">
            <span className="text-xs font-medium text-muted">{page.language}</span>
            <Segments
              label={page.language}
              isWide
              options={languages.map((value) => ({ value, label: languageNames[value] }))}
              value={language}
              onChange={(next = 'en') => {
                changeLanguage(next).catch(() => notice(words.calls.actionFailed));
              }}
            />
          </div>
          <div className="flex flex-col border-t border-line pt-2">
            <button type="button" className={item} popoverTarget={id} onClick={showShortcuts}>
              <Keyboard size={16} aria-hidden="true" />
              {page.shortcuts}
            </button>
            <a href="/docs" target="_blank" rel="noreferrer" className={item}>
              <BookOpen size={16} aria-hidden="true" />
              {page.apiReference}
            </a>
            {session?.signedInBy === 'session' && (
              <button type="button" className={item} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
                <LogOut size={16} aria-hidden="true" />
                {page.signOut}
              </button>
            )}
          </div>
          {session && <p className="px-3 text-xs text-muted">{page.account(session.accountId)}</p>}
        </div>
      </div>
    </>
  );
}
