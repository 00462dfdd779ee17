import { DarkroomError } from '@darkroom/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey } from '../session/session-query.ts';

/**
 * What was read stays as it is until an event changes it: push and polling bring every change, so nothing is fetched again for its age or because
 * the window was looked at. A Darkroom on this computer answers without any network, so that whether the browser is online decides nothing. The client repeats what is worth repeating by itself.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => noteSignedOut(queryClient, error);
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 10 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: true,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return queryClient;
}

/** Asks for a key where an answer says that one is needed. */
export function noteSignedOut(queryClient: QueryClient, error: unknown): void {
  if (isSignedOut(error)) queryClient.setQueryData(sessionKey, null);
}

/** Whether an answer says that nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof DarkroomError && error.status === 401;
}
