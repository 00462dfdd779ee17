import type { Call } from '@darkroom/contract';
import { Download, RotateCw, Square, Wand } from 'lucide-react';
import { IconButton } from '../elements/button.tsx';
import { SteadyButton } from '../elements/steady-button.tsx';
import { isEnded } from '../live/apply-event.ts';
import { useWords } from '../words/use-words.tsx';
import { artifactsOf, isVideo } from './artifacts-of-call.ts';
import { briefPrompt } from './brief-prompt.ts';
import { downloadPath } from './call-paths.ts';
import { Elapsed } from './elapsed.tsx';
import { OpenLink } from './open-call.tsx';
import { sayFailure, situationOf } from './situation.ts';
import { StatusMark } from './status-mark.tsx';
import { promptOf, Tile } from './tile.tsx';
import { useCallActions } from './use-call-actions.ts';

/** A call as it is watched: its result or how it stands, the prompt, the time, and what can be done. */
export function CallCard({ call }: { call: Call }) {
  const words = useWords();
  const { calls: say } = words;
  const { cancel, retry, edit } = useCallActions(call);
  const [artifact] = artifactsOf(call);
  const situation = situationOf(call, words);
  const failure = call.status === 'failed' ? sayFailure(call, words) : undefined;
  const prompt = promptOf(call) || say.noPrompt;
  const mayCancel = !isEnded(call) && call.cancelRequestedAt === undefined;
  return (
    <article
      aria-label={prompt}
      className="group flex flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
    >
      <div className="relative aspect-square overflow-hidden">
        <OpenLink
          callId={call.id}
          label={say.open(prompt)}
          hasWords={artifact === undefined}
          className="absolute inset-0"
        >
          <Tile call={call} says="detail" />
        </OpenLink>
      </div>
      <div className="flex flex-1 flex-col gap-1.5 px-3.5 pt-3 pb-2">
        <p className="line-clamp-2 min-h-10 text-sm leading-5" title={prompt}>
          {prompt}
        </p>
        {failure !== undefined && <p className="line-clamp-2 text-xs text-bad">{failure.own ?? failure.advice}</p>}
        <div className="mt-auto flex h-9 items-center gap-2 pointer-coarse:h-11">
          <span className="flex min-w-0 items-center gap-1.5 text-xs font-medium" role="status">
            <StatusMark tone={situation.tone} size={14} />
            <span className="sr-only">{`${briefPrompt(prompt)}: `}</span>
            <span className="truncate">{situation.label}</span>
          </span>
          <Elapsed call={call} />
          <span className="ml-auto flex items-center">
            {mayCancel && (
              <SteadyButton
                kind="quiet"
                size="small"
                title={say.cancelHint}
                icon={<Square size={11} className="fill-current" aria-hidden="true" />}
                disabled={cancel.isPending}
                onClick={() => cancel.mutate()}
              >
                {say.cancel}
              </SteadyButton>
            )}
            {(call.status === 'failed' || call.status === 'cancelled') && (
              <SteadyButton
                kind="quiet"
                size="small"
                title={say.retryHint}
                icon={<RotateCw size={13} aria-hidden="true" />}
                disabled={retry.isPending}
                onClick={() => retry.mutate()}
              >
                {say.retry}
              </SteadyButton>
            )}
            {artifact !== undefined && !isVideo(artifact) && (
              <IconButton label={say.editAgain} onClick={() => edit(artifact)}>
                <Wand size={16} />
              </IconButton>
            )}
            {artifact !== undefined && (
              <a
                href={downloadPath(artifact.artifactId)}
                download
                aria-label={say.download}
                title={say.download}
                className="grid size-9 pointer-coarse:size-11 place-items-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink"
              >
                <Download size={16} />
              </a>
            )}
          </span>
        </div>
      </div>
    </article>
  );
}
