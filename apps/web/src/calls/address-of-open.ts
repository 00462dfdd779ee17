import { callPath } from './call-paths.ts';

const withOverlay = /^\/(gallery|batches\/[^/]+)?$/;

/** The address that shows a call from where one is: above the page where the page can show it there, and otherwise its own. */
export function addressOfOpen({ pathname, search }: Pick<Location, 'pathname' | 'search'>, callId: string): string {
  if (!withOverlay.test(pathname)) return callPath(callId);
  const parameters = new URLSearchParams(search);
  parameters.set('open', callId);
  return `${pathname}?${parameters.toString()}`;
}
