import type { Call } from '@darkroom/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { addResult, editResult, settingsOf } from '../create/draft-changes.ts';
import { currentDraft, replaceDraft } from '../create/draft-store.ts';
import type { Draft } from '../create/draft.ts';
import type { MediaValue } from '../create/media-value.ts';
import { listChoices } from '../create/operation-choice.ts';
import { darkroom } from '../darkroom/darkroom.ts';
import { mayHaveBeenMade } from '../darkroom/refusal.ts';
import { copyText } from '../elements/copy-text.ts';
import { useNotice } from '../elements/notice.tsx';
import { storeCall } from '../live/call-cache.ts';
import { sayProblem } from '../words/problem-words.ts';
import { useWords } from '../words/use-words.tsx';
import { isVideo, type ShownArtifact } from './artifacts-of-call.ts';
import { addressOfOpen } from './address-of-open.ts';
import { callPath } from './call-paths.ts';
import { integrations } from './call-queries.ts';
import { retryKeys } from './retry-keys.ts';

/** What can be done with a call and its results. Each says what came of it. */
export function useCallActions(call: Call) {
  const words = useWords();
  const { calls: say, page } = words;
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const { data: known = [] } = useQuery(integrations());
  const choices = listChoices(known);
  const onError = (error: unknown) => notice(sayProblem(error, words));

  const openRetry = (id: string) => {
    const isOpen = new URLSearchParams(location.search).has('open');
    const state: unknown = isOpen ? history.state : { openedHere: true };
    navigate(addressOfOpen(location, id), { replace: isOpen, state });
  };

  const cancel = useMutation({
    mutationFn: () => darkroom.calls.cancel(call.id),
    onSuccess: (answer) => {
      storeCall(queryClient, answer.call);
      notice(say.cancelAnswers[answer.result]);
    },
    onError,
  });
  const retry = useMutation({
    mutationFn: async () => {
      const key = retryKeys.keyFor(call.id);
      const made = await darkroom.calls.retry(call.id, { idempotencyKey: key });
      retryKeys.noteMade(call.id, key);
      return made;
    },
    onSuccess: (made) => {
      storeCall(queryClient, made);
      notice(say.retried, isInLargeView() ? undefined : { label: say.openRetry, run: () => openRetry(made.id) });
    },
    onError(error) {
      retryKeys.noteFault(call.id, error);
      notice(mayHaveBeenMade(error) ? say.retryUnanswered : sayProblem(error, words));
    },
  });
  /** Fills the form. What that replaces may be had back; where no operation is there for it, the page stays where it is and says so. */
  const fill = (change: (draft: Draft) => Draft) => {
    const before = currentDraft();
    const after = change(before);
    if (after === before) return notice(say.noOperationFits);
    const undo = replaceDraft(after);
    if (undo !== undefined) notice(say.formReplaced, { label: page.undo, run: undo });
    navigate('/');
    showForm();
  };
  const edit = (artifact: ShownArtifact) =>
    fill((draft) => editResult(draft, choices, { file: toFile(artifact, call), madeBy: call.integration }));
  const use = (artifact: ShownArtifact) => {
    const media = isVideo(artifact) ? 'video' : 'image';
    fill((draft) => addResult(draft, choices, { file: toFile(artifact, call), media }));
  };
  const copyLink = async () => {
    const isCopied = await copyText(new URL(callPath(call.id), location.origin).href);
    notice(isCopied ? say.linkCopied : page.notCopied);
  };
  const reuse = () => fill((draft) => settingsOf(draft, choices, call));
  return { cancel, retry, openRetry, edit, use, copyLink, reuse };
}

/** The large view has a button of its own that leads there, which stays; a notice would offer the same beside it. */
function isInLargeView(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** The form has changed, and may be out of sight: on a phone the results are below it. A dialog that closes has given the focus back by then. */
function showForm(): void {
  window.scrollTo({ top: 0 });
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('main [name=prompt]')?.focus({ preventScroll: true }),
  );
}

/** A result, as an input names it. */
function toFile({ artifactId, contentType, width = 1, height = 1 }: ShownArtifact, { input }: Call): MediaValue {
  const prompt = input['prompt'];
  return {
    kind: 'artifact',
    artifactId,
    contentType,
    width,
    height,
    name: typeof prompt === 'string' ? prompt : artifactId,
  };
}
