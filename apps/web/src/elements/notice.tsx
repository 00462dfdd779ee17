import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { createPortal } from 'react-dom';
import type { ServerSentence } from '../words/problem-words.ts';
import { onDialogs, topDialog } from './open-dialogs.ts';
import { ServerText } from './server-text.tsx';
import { whenLetGo } from './when-let-go.ts';

/** What a person may do about what a notice says. */
interface NoticeAction {
  label: string;
  run: () => void;
}

type Say = (text: string | ServerSentence, action?: NoticeAction) => void;

interface Notice {
  text: string | ServerSentence;
  action: NoticeAction | undefined;
  number: number;
}

const NoticeContext = createContext<Say>(() => undefined);
const shownMs = 5_000;
const shownWithActionMs = 8_000;
const shownAfterHoldMs = 2_000;

/** Short answers to what a person did, shown for a moment, or as long as somebody points at them or has the focus there, and read out. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice>();
  const box = useRef<HTMLDivElement>(null);
  const say = useCallback<Say>(
    (text, action) => setNotice((last) => ({ text, action, number: (last?.number ?? 0) + 1 })),
    [],
  );
  useEffect(() => {
    if (notice === undefined) return;
    const ms = notice.action === undefined ? shownMs : shownWithActionMs;
    const isHeld = () => box.current?.matches(':hover, :focus-within') ?? false;
    return whenLetGo(() => setNotice(undefined), { ms, againMs: shownAfterHoldMs, isHeld });
  }, [notice]);
  const dialog = useSyncExternalStore(onDialogs, topDialog);
  return (
    <NoticeContext value={say}>
      {children}
      {createPortal(
        <div
          role="status"
          popover="manual"
          ref={(element) => {
            box.current = element;
            // In the top layer, so that it is seen above dialogs; shown anew, so that it is above the newest.
            if (notice === undefined) element?.hidePopover();
            // What is said as a dialog closes is in that dialog for a moment, and then in the page.
            else if (element?.isConnected) element.showPopover();
          }}
          className="fixed inset-x-0 top-auto bottom-36 mx-auto w-fit max-w-[calc(100vw-2rem)] rounded-xl border border-line bg-ink px-4 py-2.5 text-sm text-canvas shadow-float lg:bottom-6"
        >
          {typeof notice?.text === 'object' ? <ServerText text={notice.text.ofServer} /> : notice?.text}
          {notice?.action && (
            <button
              type="button"
              className="ml-3 font-semibold underline underline-offset-2"
              onClick={() => {
                setNotice(undefined);
                notice.action?.run();
              }}
            >
              {notice.action.label}
            </button>
          )}
        </div>,
        // Outside of an open dialog everything is inert.
        dialog ?? document.body,
      )}
    </NoticeContext>
  );
}

export function useNotice(): Say {
  return use(NoticeContext);
}
