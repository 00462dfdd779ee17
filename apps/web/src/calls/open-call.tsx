import { type ComponentProps, type MouseEvent, useCallback } from 'react';
import { useLocation, useSearch } from 'wouter';
import { callPath } from './call-paths.ts';

/** Which call is open above the page. It stands in the address, so that *back* closes it and a reload keeps it. */
export function useOpenCall() {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const openId = new URLSearchParams(search).get('open') ?? undefined;
  const change = useCallback(
    (id: string | undefined, replace: boolean) => {
      const parameters = new URLSearchParams(search);
      if (id === undefined) parameters.delete('open');
      else parameters.set('open', id);
      const query = parameters.toString();
      navigate(query === '' ? path : `${path}?${query}`, {
        replace,
        state: { openedHere: !replace || wasOpenedHere() },
      });
    },
    [navigate, path, search],
  );
  const open = useCallback((id: string) => change(id, openId !== undefined), [change, openId]);
  const close = useCallback(() => {
    if (wasOpenedHere()) history.back();
    else change(undefined, true);
  }, [change]);
  return { openId, open, close };
}

/** Whether the entry before this one in the browser's history is the page without the call. */
function wasOpenedHere(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'openedHere' in state && state.openedHere === true;
}

interface OpenLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  callId: string;
  /** What it is called; without it, what it shows says it. */
  label?: string;
  /** Whether words stand in it that belong to no name: they are hidden from screen readers by who puts them there. */
  hasWords?: boolean;
}

/** Opens a call above the page; with a modifier key, or the middle button, its own page. */
export function OpenLink({ callId, label, hasWords = false, onClick, children, ...rest }: OpenLinkProps) {
  const { open } = useOpenCall();
  const openHere = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(callId);
  };
  return (
    <a href={callPath(callId)} aria-label={hasWords ? undefined : label} onClick={openHere} {...rest}>
      {hasWords && <span className="sr-only">{label}</span>}
      {children}
    </a>
  );
}
