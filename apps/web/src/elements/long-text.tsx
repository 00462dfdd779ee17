import { useState } from 'react';
import { useWords } from '../words/use-words.tsx';

/** A text of any length: its first lines, and the rest when it is asked for. */
export function LongText({ text }: { text: string }) {
  const { page } = useWords();
  const [isWhole, setIsWhole] = useState(false);
  const [isCut, setIsCut] = useState(false);
  return (
    <div>
      <p
        ref={(element) => {
          if (element !== null && !isWhole) setIsCut(element.scrollHeight > element.clientHeight + 1);
        }}
        className={`text-[0.9375rem] wrap-anywhere whitespace-pre-wrap ${isWhole ? '' : 'line-clamp-8'}`}
      >
        {text}
      </p>
      {isCut && (
        <button
          type="button"
          aria-expanded={isWhole}
          className="mt-1 h-8 text-sm font-medium text-accent hover:underline"
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? page.showLess : page.showAll}
        </button>
      )}
    </div>
  );
}
