import { FileSpreadsheet } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useFilesFromOutside } from '../create/use-files-from-outside.ts';
import { Button } from '../elements/button.tsx';
import { useNotice } from '../elements/notice.tsx';
import { useWords } from '../words/use-words.tsx';
import { isKept } from './batch-draft.ts';
import { batchDraft, useBatchDraft } from './batch-draft-store.ts';
import { readText, type TextFault } from './read-text.ts';
import { replaceText } from './replace-text.ts';

/** Where prompts are typed or pasted; a file takes their place wherever on the page it is dropped, and may be taken back. */
export function BatchText({ columns }: { columns: readonly string[] }) {
  const { batches: say, page } = useWords();
  const notice = useNotice();
  const draft = useBatchDraft();
  const [isOver, setIsOver] = useState(false);
  const [unread, setUnread] = useState<{ name: string; fault: TextFault }>();
  const chooser = useRef<HTMLInputElement>(null);
  const id = useId();
  const takeFile = async (file: File | undefined) => {
    if (file === undefined) return;
    const read = await readText(file);
    if (read.kind === 'fault') return setUnread({ name: file.name, fault: read.fault });
    setUnread(undefined);
    const undo = replaceText(batchDraft, { text: read.text, fileName: file.name });
    if (undo !== undefined) notice(say.textReplaced(file.name), { label: page.undo, run: undo });
  };
  useFilesFromOutside(([file]) => void takeFile(file));
  return (
    <div
      className="flex flex-col gap-1.5"
      onDragOver={({ dataTransfer }) => setIsOver(dataTransfer.types.includes('Files'))}
      onDragLeave={() => setIsOver(false)}
      onDrop={() => setIsOver(false)}
    >
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {say.input}
          {draft.fileName !== undefined && <span className="ml-2 font-normal text-muted">{draft.fileName}</span>}
        </label>
        <Button
          size="small"
          icon={<FileSpreadsheet size={14} aria-hidden="true" />}
          onClick={() => chooser.current?.click()}
        >
          {say.chooseCsv}
        </Button>
        <input
          ref={chooser}
          type="file"
          className="hidden"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          aria-label={say.chooseCsv}
          onChange={({ target }) => {
            void takeFile(target.files?.[0]);
            target.value = '';
          }}
        />
      </div>
      <textarea
        id={id}
        className={`field min-h-56 resize-y font-mono text-sm ${isOver ? 'border-accent! bg-accent-soft!' : ''}`}
        spellCheck={false}
        value={draft.text}
        placeholder={isOver ? say.dropCsv : say.pastePlaceholder}
        onChange={({ target }) => {
          setUnread(undefined);
          batchDraft.change((last) => ({ ...last, text: target.value, fileName: undefined }));
        }}
      />
      {unread !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {say.tableFaults[unread.fault](unread.name)}
        </p>
      )}
      {!isKept(draft) && <p className="text-xs text-warn">{say.notKept}</p>}
      {columns.length > 0 && (
        <p className="text-xs text-muted">
          {say.columns}: <span className="font-mono">{columns.join(', ')}</span>
        </p>
      )}
    </div>
  );
}
