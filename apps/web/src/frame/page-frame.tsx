import { useIsFetching } from '@tanstack/react-query';
import { Images, Layers, Sparkles } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { kept, keptInTab } from '../elements/kept-texts.ts';
import { useNotice } from '../elements/notice.tsx';
import { ChannelMark } from '../live/channel-mark.tsx';
import { useWords } from '../words/use-words.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { useStayOnDrop } from './use-stay-on-drop.ts';

const pages = [
  { path: '/', name: 'create', Icon: Sparkles },
  { path: '/gallery', name: 'gallery', Icon: Images },
  { path: '/batches', name: 'batches', Icon: Layers },
] as const;

const titled = [...pages, { path: '/calls', name: 'call' }] as const;

/** What is around every page: the way to the others, how news come, and the preferences. */
export function PageFrame({ children }: { children: ReactNode }) {
  const { page } = useWords();
  const notice = useNotice();
  const [location] = useLocation();
  const content = useRef<HTMLElement>(null);
  const toCome = useIsFetching({ predicate: ({ state }) => state.data === undefined });
  useEffect(() => {
    const here = titled.find(({ path }) => isWithin(location, path));
    document.title = here === undefined ? 'Darkroom' : `${page[here.name]} · Darkroom`;
  }, [location, page]);
  useStayOnDrop();
  useEffect(() => kept.onLoss(() => notice(page.notKept)), [notice, page]);
  useEffect(() => keptInTab.onLoss(() => notice(page.notKept)), [notice, page]);
  return (
    <>
      <a
        href="#content"
        // The address stays as it is: going back to it later would take the focus here again.
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
        className="absolute -top-20 left-4 z-50 rounded-lg bg-accent px-4 py-2 font-medium text-on-accent focus:top-2"
      >
        {page.skip}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-canvas/95 backdrop-blur">
        <div className="flex h-14 items-center gap-4 px-4 lg:px-6">
          <Link href="/" className="flex items-center gap-2.5 rounded-lg font-semibold tracking-tight">
            <img src="/favicon.svg" alt="" width={28} height={28} className="size-7" />
            Darkroom
          </Link>
          <nav aria-label={page.navigation} className="ml-4 hidden items-center gap-1 lg:flex">
            <PageLinks
              look="flex h-9 items-center gap-2 rounded-lg px-3 text-sm font-medium text-muted transition-colors hover:bg-raised hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink"
              iconSize={16}
            />
          </nav>
          <div className="ml-auto flex items-center gap-2">
            <ChannelMark />
            <PreferencesMenu />
          </div>
        </div>
      </header>
      <main
        ref={content}
        id="content"
        tabIndex={-1}
        data-to-come={toCome > 0 ? '' : undefined}
        className="min-h-[calc(100dvh-3.5rem)] pb-20 outline-none lg:pb-0"
      >
        {children}
      </main>
      <nav
        aria-label={page.navigation}
        className="fixed inset-x-0 bottom-0 z-30 grid h-16 grid-cols-3 border-t border-line bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
      >
        <PageLinks
          look="flex flex-col items-center justify-center gap-0.5 text-xs font-medium text-muted aria-[current]:text-accent"
          iconSize={20}
        />
      </nav>
      <ShortcutsDialog />
    </>
  );
}

function PageLinks({ look, iconSize }: { look: string; iconSize: number }) {
  const { page } = useWords();
  const [location] = useLocation();
  return pages.map(({ path, name, Icon }) => {
    const isHere = isWithin(location, path);
    return (
      <Link key={path} href={path} aria-current={isHere ? 'page' : undefined} className={look}>
        <Icon size={iconSize} aria-hidden="true" />
        {page[name]}
      </Link>
    );
  });
}

function isWithin(location: string, path: string): boolean {
  return path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);
}
