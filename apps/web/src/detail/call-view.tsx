import type { Call } from '@darkroom/contract';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { artifactsOf } from '../calls/artifacts-of-call.ts';
import { Elapsed } from '../calls/elapsed.tsx';
import { sayFailure, situationOf } from '../calls/situation.ts';
import { StatusMark } from '../calls/status-mark.tsx';
import { promptOf } from '../calls/tile.tsx';
import { Button, IconButton } from '../elements/button.tsx';
import { copyText } from '../elements/copy-text.ts';
import { useNotice } from '../elements/notice.tsx';
import { LongText } from '../elements/long-text.tsx';
import { Progress } from '../elements/progress.tsx';
import { useWords } from '../words/use-words.tsx';
import { CallActions } from './call-actions.tsx';
import { CallFacts } from './call-facts.tsx';
import { HistoryTree } from './history-tree.tsx';
import { Inputs } from './inputs.tsx';
import { NotHonoured } from './not-honoured.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from './timeline-list.tsx';

interface CallViewProps {
  call: Call;
  onClose?: (() => void) | undefined;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

/** Everything about a call: its results large, and all that is known of them. */
export function CallView({ call, onClose, onPrevious, onNext }: CallViewProps) {
  const words = useWords();
  const { page, calls: say } = words;
  const notice = useNotice();
  const artifacts = artifactsOf(call);
  const [place, setPlace] = useState(0);
  const artifact = artifacts[place] ?? artifacts[0];
  const situation = situationOf(call, words);
  const failure = call.status === 'failed' ? sayFailure(call, words) : undefined;
  const prompt = promptOf(call);
  const copyPrompt = async () => {
    notice((await copyText(prompt)) ? page.copied : page.notCopied);
  };
  return (
    <div className="grid min-h-full grid-cols-[minmax(0,1fr)] content-start lg:h-full lg:grid-cols-[minmax(0,1fr)_26rem] lg:content-stretch">
      <div className="well relative flex min-h-[42dvh] min-w-0 flex-col lg:h-full">
        <Stage
          call={call}
          artifacts={artifacts}
          shown={artifact}
          onShow={(shown) => setPlace(artifacts.indexOf(shown))}
        />
        {onClose && (
          <IconButton
            kind="solid"
            label={page.close}
            className="absolute! top-3 right-3 rounded-full! lg:hidden!"
            onClick={onClose}
          >
            <X size={18} />
          </IconButton>
        )}
        {onPrevious && (
          <IconButton
            kind="solid"
            label={say.previous}
            className="absolute! top-3 left-3 rounded-full! lg:top-1/2"
            onClick={onPrevious}
          >
            <ChevronLeft size={20} />
          </IconButton>
        )}
        {onNext && (
          <IconButton
            kind="solid"
            label={say.next}
            className="absolute! top-3 left-15 rounded-full! lg:top-1/2 lg:right-3 lg:left-auto"
            onClick={onNext}
          >
            <ChevronRight size={20} />
          </IconButton>
        )}
      </div>
      <aside className="flex min-w-0 flex-col gap-6 border-line bg-surface p-5 lg:overflow-y-auto lg:border-l">
        <div className="flex items-start gap-3">
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <div className="flex items-center gap-2 font-medium">
              <p className="flex items-center gap-2" role="status">
                <StatusMark tone={situation.tone} size={18} />
                {situation.label}
              </p>
              <Elapsed call={call} />
              {call.simulated && (
                <span title={say.simulatedHint} className="rounded-md bg-raised px-1.5 text-xs font-normal text-muted">
                  {say.fact.simulated}
                </span>
              )}
            </div>
            {situation.detail !== undefined && failure === undefined && (
              <p className="text-sm text-muted">{situation.detail}</p>
            )}
            {situation.tone === 'busy' && <Progress label={situation.label} percent={situation.percent} />}
          </div>
          {onClose && (
            <IconButton label={page.close} className="-mt-1.5 max-lg:hidden!" onClick={onClose}>
              <X size={18} />
            </IconButton>
          )}
        </div>
        {failure !== undefined && (
          <div className="flex flex-col gap-1.5 rounded-xl bg-bad-soft p-4 text-sm">
            <p className="font-semibold text-bad">{failure.title}</p>
            <p>{failure.advice}</p>
            {failure.own !== undefined && (
              <p className="border-t border-line pt-1.5 break-words text-muted">
                {failure.isOfProvider ? (
                  `${say.providerSays}: ${failure.own}`
                ) : (
                  <>
                    {say.faultSays}: <span lang="en">{failure.own}</span>
                  </>
                )}
              </p>
            )}
          </div>
        )}
        <CallActions call={call} artifact={artifact} />
        {prompt !== '' && (
          <section className="flex flex-col gap-1.5">
            <div className="flex items-center justify-between">
              <h2 className="text-sm font-semibold">{say.prompt}</h2>
              <Button kind="quiet" size="small" onClick={() => void copyPrompt()}>
                {page.copy}
              </Button>
            </div>
            <LongText text={prompt} />
          </section>
        )}
        <NotHonoured call={call} />
        <Inputs call={call} />
        <CallFacts call={call} artifact={artifact} />
        <HistoryTree call={call} artifactIds={artifacts.map(({ artifactId }) => artifactId)} />
        <Timeline call={call} />
      </aside>
    </div>
  );
}
