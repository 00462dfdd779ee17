import type { SessionState } from '@darkroom/client';
import { useQuery } from '@tanstack/react-query';
import { darkroom } from '../darkroom/darkroom.ts';

export const sessionKey = ['session'] as const;

/** Who the page acts for; null where a key is needed. It is read again when somebody comes back to the page: another tab may have signed in or out. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<SessionState | null> => (await darkroom.session.current({ signal })) ?? null,
    refetchOnWindowFocus: 'always',
  });
}
