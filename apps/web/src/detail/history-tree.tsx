import { DarkroomError } from '@darkroom/client';
import type { Call } from '@darkroom/contract';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { artifactsOf, isVideo, posterOf, type ShownArtifact } from '../calls/artifacts-of-call.ts';
import { contentPath } from '../calls/call-paths.ts';
import { fetchCalls } from '../calls/call-queries.ts';
import { OpenLink } from '../calls/open-call.tsx';
import { situationOf } from '../calls/situation.ts';
import { StatusMark } from '../calls/status-mark.tsx';
import { Thumbnail } from '../calls/thumbnail.tsx';
import { promptOf } from '../calls/tile.tsx';
import { darkroom } from '../darkroom/darkroom.ts';
import { LoadFault } from '../elements/load-fault.tsx';
import { everything } from '../gallery/filter-address.ts';
import { useWords } from '../words/use-words.tsx';
import { historyKey, type HistoryNode, type HistoryReader, readHistory } from './history.ts';

interface HistoryTreeProps {
  call: Call;
  artifactIds: readonly string[];
}

/** What a call was made from and what was made from it, to walk through. Nothing is shown where it stands alone. */
export function HistoryTree({ call, artifactIds }: HistoryTreeProps) {
  const { calls: say } = useWords();
  const {
    data: history,
    isError,
    error,
    refetch,
  } = useQuery({
    queryKey: [...historyKey, call.id, artifactIds],
    queryFn: ({ signal }) => readHistory(call, readerOf(signal)),
    staleTime: 0,
  });
  if (history === undefined) return isError ? <LoadFault error={error} onRetry={() => void refetch()} /> : null;
  const { root, isWhole } = history;
  if (root.children.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{say.history}</h2>
      <ul>
        <Branch node={root} currentId={call.id} depth={0} />
      </ul>
      {!isWhole && <p className="text-sm text-muted">{say.historyCut}</p>}
    </section>
  );
}

interface BranchProps {
  node: HistoryNode;
  currentId: string;
  depth: number;
}

/** How many steps are set in: more would leave no room for the words. */
const mostSetIn = 5;

/** Whether a key or a click in the tree opened what is shown now: then the focus stays in the tree. */
let isWalking = false;

/** The arrow keys lead up and down the tree, and Enter opens. */
function moveInTree(event: KeyboardEvent<HTMLAnchorElement>): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const links = [...(event.currentTarget.closest('section')?.querySelectorAll('a') ?? [])];
  const place = links.indexOf(event.currentTarget);
  event.preventDefault();
  links[place + step]?.focus();
}

function Branch({ node: { call, children, left }, currentId, depth }: BranchProps) {
  const words = useWords();
  const artifacts = artifactsOf(call);
  const [first] = artifacts;
  const prompt = promptOf(call) || words.calls.noPrompt;
  const isCurrent = call.id === currentId;
  return (
    <li>
      <OpenLink
        callId={call.id}
        aria-current={isCurrent || undefined}
        onKeyDown={moveInTree}
        onClick={() => (isWalking = !isCurrent)}
        ref={(link: HTMLAnchorElement | null) => {
          if (link === null || !isCurrent || !isWalking) return;
          isWalking = false;
          link.focus();
        }}
        className="flex items-center gap-3 rounded-lg p-1.5 hover:bg-raised aria-[current]:bg-accent-soft"
      >
        <span className="well relative grid size-11 shrink-0 place-items-center overflow-hidden rounded-md">
          {first === undefined ? (
            <StatusMark tone={situationOf(call, words).tone} />
          ) : (
            <SmallPicture artifact={posterOf(artifacts) ?? first} />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 text-sm">{prompt}</span>
          {isCurrent && <span className="text-xs text-accent">{words.calls.historyHere}</span>}
        </span>
      </OpenLink>
      {(children.length > 0 || left !== undefined) && (
        <ul className={depth < mostSetIn ? 'ml-6 border-l border-line pl-1.5' : 'border-l border-line'}>
          {children.map((child) => (
            <Branch key={child.call.id} node={child} currentId={currentId} depth={depth + 1} />
          ))}
          {left !== undefined && <li className="p-1.5 text-sm text-muted">{words.calls.historyLeft(left)}</li>}
        </ul>
      )}
    </li>
  );
}

function SmallPicture({ artifact }: { artifact: ShownArtifact }) {
  if (!isVideo(artifact)) return <Thumbnail artifact={artifact} poster={undefined} alt="" />;
  return (
    <video
      src={`${contentPath(artifact.artifactId)}#t=0.1`}
      muted
      preload="metadata"
      className="size-full object-cover"
    />
  );
}

function readerOf(signal: AbortSignal): HistoryReader {
  return {
    callOfArtifact: async (artifactId) => {
      try {
        const { callId } = await darkroom.artifacts.get(artifactId, { signal });
        return await darkroom.calls.get(callId, { signal });
      } catch (error) {
        // A result that the retention has removed ends the line.
        if (error instanceof DarkroomError && (error.status === 404 || error.status === 410)) return undefined;
        throw error;
      }
    },
    madeFrom: (sourceArtifactId, cursor) => fetchCalls({ filter: everything, sourceArtifactId }, { cursor, signal }),
    resultsOf: (call) => artifactsOf(call).map(({ artifactId }) => artifactId),
  };
}
