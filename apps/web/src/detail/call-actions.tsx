import type { Call } from '@darkroom/contract';
import { ArrowRight, Copy, Download, ImagePlus, RotateCw, SlidersHorizontal, Square, Wand } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { isVideo, type ShownArtifact } from '../calls/artifacts-of-call.ts';
import { downloadPath } from '../calls/call-paths.ts';
import { useCallActions } from '../calls/use-call-actions.ts';
import { Button, LinkButton } from '../elements/button.tsx';
import { SteadyButton } from '../elements/steady-button.tsx';
import { isEnded } from '../live/apply-event.ts';
import { useWords } from '../words/use-words.tsx';
import { isDownloadPress } from './download-press.ts';

interface CallActionsProps {
  call: Call;
  artifact: ShownArtifact | undefined;
}

/** What can be done with the call, and with the result that is shown. */
export function CallActions({ call, artifact }: CallActionsProps) {
  const { calls: say } = useWords();
  const { cancel, retry, openRetry, edit, use, copyLink, reuse } = useCallActions(call);
  const download = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (isTyping || !isDownloadPress(event)) return;
      // Behind a dialog another call may be shown, which has its own key.
      const dialog = document.querySelector('dialog[open]');
      if (dialog === null || dialog.contains(download.current)) download.current?.click();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const mayCancel = !isEnded(call) && call.cancelRequestedAt === undefined;
  return (
    <div className="grid grid-cols-2 gap-2">
      {artifact !== undefined && (
        <LinkButton
          ref={download}
          kind="primary"
          href={downloadPath(artifact.artifactId)}
          download
          icon={<Download size={16} aria-hidden="true" />}
        >
          {say.download}
        </LinkButton>
      )}
      {artifact !== undefined && !isVideo(artifact) && (
        <Button icon={<Wand size={16} aria-hidden="true" />} onClick={() => edit(artifact)}>
          {say.editAgain}
        </Button>
      )}
      {artifact !== undefined && (
        <Button icon={<ImagePlus size={16} aria-hidden="true" />} onClick={() => use(artifact)}>
          {say.useAsInput}
        </Button>
      )}
      {mayCancel && (
        <SteadyButton
          kind="danger"
          title={say.cancelHint}
          icon={<Square size={13} className="fill-current" aria-hidden="true" />}
          disabled={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {say.cancel}
        </SteadyButton>
      )}
      {retry.data !== undefined && (
        <Button icon={<ArrowRight size={16} aria-hidden="true" />} onClick={() => openRetry(retry.data.id)}>
          {say.openRetry}
        </Button>
      )}
      {isEnded(call) && (
        <SteadyButton
          title={say.retryHint}
          icon={<RotateCw size={16} aria-hidden="true" />}
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {say.retry}
        </SteadyButton>
      )}
      <Button icon={<SlidersHorizontal size={16} aria-hidden="true" />} onClick={reuse}>
        {say.reuse}
      </Button>
      <Button icon={<Copy size={16} aria-hidden="true" />} onClick={() => void copyLink()}>
        {say.copyLink}
      </Button>
    </div>
  );
}
