import type { SessionState } from '@darkroom/client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog } from '../elements/dialog.tsx';
import { LoadFault } from '../elements/load-fault.tsx';
import { useWords } from '../words/use-words.tsx';
import { keptForAccount } from './kept-for.ts';
import { sessionKey, useSession } from './session-query.ts';
import { SignIn } from './sign-in.tsx';

/** Shows the page to whoever is signed in. One whose session ends keeps the page behind the question, with all that was typed. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { page } = useWords();
  const { data: session, isError, refetch } = useSession();
  const [wasSignedIn, setWasSignedIn] = useState(false);
  const isMoving = useAccount(session?.accountId);
  useNewsAfterSignIn(session);
  useEffect(() => {
    if (session) setWasSignedIn(true);
  }, [session]);

  if (isError && !wasSignedIn) return <LoadFault isPage onRetry={() => void refetch()} />;
  if (session === undefined || isMoving) return null;
  if (session === null && !wasSignedIn) {
    return (
      <main className="grid min-h-dvh place-items-center p-4">
        <div className="w-full max-w-md rounded-2xl border border-line bg-surface shadow-card">
          <SignIn hasEnded={false} />
        </div>
      </main>
    );
  }
  return (
    <>
      {children}
      {session === null && (
        <Dialog label={page.signIn.ended} onClose={undefined}>
          <SignIn hasEnded />
        </Dialog>
      )}
    </>
  );
}

/**
 * Begins anew for another account than the page was drawn for. Answers whether the page has to wait: it is drawn when it is known for whom
 * something is kept.
 */
function useAccount(accountId: string | undefined): boolean {
  const [drawnFor, setDrawnFor] = useState<string>();
  useEffect(() => {
    if (accountId === undefined) return;
    keptForAccount.keepFor(accountId);
    if (drawnFor !== undefined && drawnFor !== accountId) location.reload();
    else setDrawnFor(accountId);
  }, [accountId, drawnFor]);
  return accountId !== undefined && accountId !== drawnFor;
}

/** What happened while nobody was signed in, nobody was told of. */
function useNewsAfterSignIn(session: SessionState | null | undefined): void {
  const queryClient = useQueryClient();
  const wasEnded = useRef(false);
  useEffect(() => {
    if (session && wasEnded.current)
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    wasEnded.current = session === null;
  }, [session, queryClient]);
}
