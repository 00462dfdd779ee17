import type { Call } from '@darkroom/contract';
import { Images } from 'lucide-react';
import { Progress } from '../elements/progress.tsx';
import { useWords } from '../words/use-words.tsx';
import { artifactsOf, posterOf } from './artifacts-of-call.ts';
import { Thumbnail } from './thumbnail.tsx';
import { situationOf } from './situation.ts';
import { StatusMark } from './status-mark.tsx';

interface TileProps {
  call: Call;
  /** What is said of a call without a result, beside how it stands: its prompt where the tile stands alone, more of how it stands beside a prompt. */
  says: 'prompt' | 'detail';
  /** Whether it is a cell of a grid, which says its prompt, is one stop for the tab key, and plays videos by a key. */
  isCell?: boolean;
}

/** A call in a square: its first result, or how it stands. Of one size whatever happens, so that nothing around it moves. */
export function Tile({ call, says, isCell = false }: TileProps) {
  const words = useWords();
  const artifacts = artifactsOf(call);
  const [first] = artifacts;
  const results = artifacts.filter(({ role }) => role === undefined || role === 'result').length;
  const situation = situationOf(call, words);
  const prompt = promptOf(call) || words.calls.noPrompt;
  const said = says === 'prompt' ? prompt : situation.detail;
  if (first !== undefined) {
    return (
      <div className="well relative size-full animate-develop">
        <Thumbnail artifact={first} poster={posterOf(artifacts)} alt={isCell ? '' : prompt} isCell={isCell} />
        {results > 1 && (
          // A picture of a number: it is no part of what the tile is called.
          <span
            aria-hidden="true"
            data-results={results}
            className="absolute top-2 right-2 flex items-center gap-1 rounded-md bg-black/65 px-1.5 py-0.5 text-xs font-medium text-white after:content-[attr(data-results)]"
          >
            <Images size={12} />
          </span>
        )}
      </div>
    );
  }
  return (
    // Where it stands says the same to a screen reader: the link's name, the card below it, the facts beside it.
    <div
      aria-hidden="true"
      className="flex size-full bg-blank flex-col items-center justify-center gap-2 p-4 text-center"
    >
      <StatusMark tone={situation.tone} size={26} />
      <span className="text-sm font-medium">{situation.label}</span>
      {said !== undefined && <span className="line-clamp-3 text-xs break-words text-muted">{said}</span>}
      {situation.tone === 'busy' && (
        <div className="mt-1 w-3/5">
          <Progress label={situation.label} percent={situation.percent} />
        </div>
      )}
    </div>
  );
}

export function promptOf({ input }: Pick<Call, 'input'>): string {
  const { prompt } = input;
  return typeof prompt === 'string' ? prompt : '';
}
