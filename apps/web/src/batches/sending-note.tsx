import type { DarkroomError } from '@darkroom/client';
import type { ReactNode } from 'react';
import { ServerText } from '../elements/server-text.tsx';
import { useWords } from '../words/use-words.tsx';

interface SendingNoteProps {
  /** What is known of the batch that was sent; `unanswered-other`: the form would make another one now. */
  state: 'answered' | 'trying' | 'unanswered' | 'unanswered-other';
  /** Whether settings have changed since that are sent as they were. */
  keepsSettings: boolean;
  refusal: DarkroomError | undefined;
}

/** Says what became of a batch that was sent, where that is not yet clear or it was refused. */
export function SendingNote({ state, keepsSettings, refusal }: SendingNoteProps) {
  const { batches: say } = useWords();
  if (state === 'trying') return <Note tone="warn">{say.tryingAgain}</Note>;
  if (state === 'unanswered')
    return (
      <Note tone="warn">
        {say.noAnswer} {keepsSettings && say.keepsSettings}
      </Note>
    );
  if (state === 'unanswered-other')
    return (
      <Note tone="warn">
        {say.mayBeMade} <ToList />
      </Note>
    );
  if (refusal?.code === 'batch_id_reused')
    return (
      <Note tone="bad">
        {say.madeInOtherForm} <ToList />
      </Note>
    );
  if (refusal === undefined) return null;
  return (
    <Note tone="bad">
      <strong className="font-semibold text-bad">{say.refused}</strong> <ServerText text={refusal.message} />
    </Note>
  );
}

function Note({ tone, children }: { tone: 'warn' | 'bad'; children: ReactNode }) {
  const look = tone === 'bad' ? 'bg-bad-soft' : 'border border-line bg-raised';
  return (
    <p role="alert" className={`rounded-xl p-3 text-sm ${look}`}>
      {children}
    </p>
  );
}

/** Where the list of batches is on the page. */
export const batchListId = 'batch-list';

function ToList() {
  const { batches: say } = useWords();
  return (
    <a
      href={`#${batchListId}`}
      className="font-medium text-accent underline underline-offset-2"
      // The address stays as it is: going back to it later would take the focus here again.
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(batchListId)?.focus();
      }}
    >
      {say.seeList}
    </a>
  );
}
