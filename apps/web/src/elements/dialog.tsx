import { X } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useWords } from '../words/use-words.tsx';
import { IconButton } from './button.tsx';
import { noteDialog } from './open-dialogs.ts';

interface DialogProps {
  label: string;
  /** Undefined where it cannot be left, such as the sign-in. */
  onClose: (() => void) | undefined;
  size?: 'small' | 'medium' | 'full';
  children: ReactNode;
}

const sizes = {
  small: 'm-auto w-[min(28rem,calc(100vw-2rem))] rounded-2xl',
  medium: 'm-auto w-[min(48rem,calc(100vw-1rem))] max-h-[calc(100dvh-1rem)] rounded-2xl',
  full: 'm-0 h-dvh max-h-none w-screen max-w-none border-0!',
};

/** A dialog over the page. The browser keeps the focus in it, closes it with Escape, and gives the focus back. */
export function Dialog({ label, onClose, size = 'small', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // A dialog that is taken out of the page before it is closed gives the focus to nobody.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    if (!element.open) element.showModal();
    const forget = noteDialog(element);
    return () => {
      forget();
      element.close();
    };
  }, []);
  useEffect(() => {
    const element = dialog.current;
    // What is hit beside the content is the backdrop, which belongs to the dialog itself.
    const onClick = ({ target }: MouseEvent) => {
      if (target === element && size !== 'full') onClose?.();
    };
    element?.addEventListener('click', onClick);
    return () => element?.removeEventListener('click', onClick);
  }, [size, onClose]);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      data-size={size}
      className={`overflow-auto border border-line bg-surface text-ink shadow-float ${sizes[size]}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // A browser closes a dialog at a second Escape whatever the first one was answered.
      onClose={() => {
        const element = dialog.current;
        if (element === null || element.open) return;
        if (onClose === undefined) element.showModal();
        else onClose();
      }}
    >
      {children}
    </dialog>
  );
}

interface DialogTitleProps {
  children: ReactNode;
  onClose?: () => void;
}

export function DialogTitle({ children, onClose }: DialogTitleProps) {
  const { page } = useWords();
  return (
    <div className="flex items-center justify-between gap-4 px-5 pt-4 pb-2">
      <h2 className="text-lg font-semibold">{children}</h2>
      {onClose && (
        <IconButton label={page.close} onClick={onClose}>
          <X size={18} />
        </IconButton>
      )}
    </div>
  );
}
