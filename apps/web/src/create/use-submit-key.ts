import { type RefObject, useEffect } from 'react';
import { submitPress } from './submit-press.ts';

/** Ctrl or ⌘ with Enter submits the form, wherever on the page the focus is; not behind a dialog, and once however long it is held down. */
export function useSubmitKey(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const isOnSubmitter =
        target instanceof Element && target.matches('input, [type=submit]') && target.closest('form') === form.current;
      const wish = submitPress(event, isOnSubmitter);
      if (wish === undefined || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (wish === 'submit') form.current?.requestSubmit();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [form]);
}
