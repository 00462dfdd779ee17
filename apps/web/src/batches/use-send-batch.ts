import { DarkroomError } from '@darkroom/client';
import type { Batch } from '@darkroom/contract';
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { darkroom } from '../darkroom/darkroom.ts';
import { drawKey } from '../darkroom/draw-key.ts';
import { isSignedOut } from '../darkroom/query-client.ts';
import { isRefusedForGood } from '../darkroom/refusal.ts';
import { useNotice } from '../elements/notice.tsx';
import { useWords } from '../words/use-words.tsx';
import type { BatchDraft, SentBatch } from './batch-draft.ts';
import { batchDraft } from './batch-draft-store.ts';
import { batchesKey, batchKey } from './batch-queries.ts';
import { batchToSend, isStillTyped, type WantedBatch, withoutMade, withoutSent } from './sent-batch.ts';

const sendingKey = ['send-batch'];
const mostRetries = 3;
const retryMs = 3_000;

type Inputs = readonly Record<string, unknown>[];

interface Sending {
  sent: SentBatch;
  inputs: Inputs;
  /** What the form held. */
  typed: BatchDraft;
}

interface SendState {
  /** Sends a batch of these inputs: the one that got no answer, where the draft would make it once more. */
  start: (wanted: WantedBatch, inputs: Inputs) => void;
  isSending: boolean;
  /** Whether an attempt got no answer, and another follows by itself. */
  isTriedAgain: boolean;
  /** Why the last was refused, so that it is refused again. */
  refusal: DarkroomError | undefined;
}

/** Sends batches, each until it is answered or a person has to look. The sending goes on while another page is looked at. */
export function useSendBatch(): SendState {
  const { batches: say } = useWords();
  const notice = useNotice();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const isSending = useIsMutating({ mutationKey: sendingKey }) > 0;

  const tell = (batch: Batch, isAsSent: boolean) => {
    const show = () => navigate(`/batches/${batch.id}`);
    // Whoever has gone on typing, or to another page, is not taken away from there.
    if (isAsSent && location.pathname === '/batches') show();
    else notice(say.made(batch.calls.total), { label: say.show, run: show });
  };
  const send = useMutation({
    mutationKey: sendingKey,
    mutationFn: ({ sent, inputs }: Sending) => {
      const { batchId, maxConcurrent, onFailure, integration, operation } = sent;
      const calls = inputs.map((input) => ({ integration, operation, input }));
      return darkroom.batches.create({ batchId, maxConcurrent, onFailure, calls });
    },
    retry: (failures, error) => failures < mostRetries && isUnanswered(error),
    retryDelay: retryMs,
    onSuccess(batch, { sent, typed }) {
      const isAsSent = isStillTyped(batchDraft.read(), typed);
      batchDraft.change((last) => withoutMade(last, { sent, typed }));
      queryClient.setQueryData(batchKey(batch.id), batch);
      void queryClient.invalidateQueries({ queryKey: batchesKey });
      tell(batch, isAsSent);
    },
    onError(error, { sent }) {
      if (isRefusedForGood(error)) batchDraft.change((last) => withoutSent(last, sent));
      void queryClient.invalidateQueries({ queryKey: batchesKey });
    },
  });
  return {
    start(wanted, inputs) {
      const typed = batchDraft.read();
      const sent = batchToSend(typed, wanted, drawKey);
      // Kept before it is sent: a reload that comes before the answer sends the same again.
      batchDraft.change((last) => ({ ...last, sent }));
      send.mutate({ sent, inputs, typed });
    },
    isSending,
    isTriedAgain: send.isPending && send.failureCount > 0,
    refusal: isRefusedForGood(send.error) ? send.error : undefined,
  };
}

function isUnanswered(error: unknown): boolean {
  return error instanceof DarkroomError && !isRefusedForGood(error) && !isSignedOut(error);
}
