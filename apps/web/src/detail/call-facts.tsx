import type { Call } from '@darkroom/contract';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ShownArtifact } from '../calls/artifacts-of-call.ts';
import { integrations } from '../calls/call-queries.ts';
import { callPath } from '../calls/call-paths.ts';
import { useSession } from '../session/session-query.ts';
import { formatBytes, formatMoment } from '../words/formats.ts';
import { sayChoice, sayField } from '../words/field-words.ts';
import { sayOperation } from '../words/integration-words.ts';
import type { Words } from '../words/words.ts';
import { useWords } from '../words/use-words.tsx';

interface CallFactsProps {
  call: Call;
  artifact: ShownArtifact | undefined;
}

/** All that is known of a call and of the result that is shown. */
export function CallFacts({ call, artifact }: CallFactsProps) {
  const words = useWords();
  const { calls: say } = words;
  const { data: known = [] } = useQuery(integrations());
  const integration = known.find(({ name }) => name === call.integration);
  const operation = integration?.operations.find(({ name }) => name === call.operation);
  const { data: session } = useSession();
  const workflow = session?.workflowsUrl && `${session.workflowsUrl}${encodeURIComponent(call.workflowId)}`;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{say.facts}</h2>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        <Fact name={say.fact.integration}>{integration?.title ?? call.integration}</Fact>
        <Fact name={say.fact.operation}>{operation ? sayOperation(operation, words) : call.operation}</Fact>
        {settingsOf(call, words).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        {artifact !== undefined && <ArtifactFacts artifact={artifact} words={words} />}
        <Fact name={say.fact.created}>{formatMoment(call.createdAt, words.locale)}</Fact>
        {call.completedAt !== undefined && (
          <Fact name={say.fact.completed}>{formatMoment(call.completedAt, words.locale)}</Fact>
        )}
        <Fact name={say.fact.submissions}>{call.submissions.claimed}</Fact>
        <Fact name={say.fact.id} isCode>
          {call.id}
        </Fact>
        {call.externalId !== undefined && call.externalId !== call.workflowId && (
          <Fact name={say.fact.externalId} isCode>
            {call.externalId}
          </Fact>
        )}
        {call.retryOf !== undefined && (
          <Fact name={say.fact.retryOf} isCode>
            <Link href={callPath(call.retryOf)} className="text-accent hover:underline">
              {call.retryOf}
            </Link>
          </Fact>
        )}
        {call.batchId !== undefined && (
          <Fact name={say.fact.batch} isCode>
            <Link href={`/batches/${call.batchId}`} className="text-accent hover:underline">
              {call.batchId}
            </Link>
          </Fact>
        )}
      </dl>
      {workflow !== undefined && (
        <a
          href={workflow}
          target="_blank"
          rel="noreferrer"
          className="flex items-center gap-1.5 text-sm font-medium text-accent hover:underline"
        >
          {say.temporal}
          <ExternalLink size={14} aria-hidden="true" />
        </a>
      )}
    </section>
  );
}

function ArtifactFacts({ artifact, words }: { artifact: ShownArtifact; words: Words }) {
  const { fact, frameRate: sayRate } = words.calls;
  const { width, height, durationSeconds, frameRate, bytes, contentType, sha256 } = artifact;
  const type = contentType.split('/')[1]?.toUpperCase() ?? contentType;
  const rate = frameRate === undefined ? '' : `, ${sayRate(Math.round(frameRate))}`;
  return (
    <>
      {width !== undefined && height !== undefined && <Fact name={fact.size}>{`${width} × ${height}`}</Fact>}
      {durationSeconds !== undefined && <Fact name={fact.length}>{`${durationSeconds.toFixed(1)} s${rate}`}</Fact>}
      <Fact name={fact.bytes}>{`${type}, ${formatBytes(bytes, words.locale)}`}</Fact>
      <Fact name={fact.sha256} isCode>
        {sha256}
      </Fact>
    </>
  );
}

function Fact({ name, isCode = false, children }: { name: string; isCode?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className={`min-w-0 break-words ${isCode ? 'font-mono text-xs leading-5 break-all' : ''}`}>{children}</dd>
    </>
  );
}

/** The settings that were sent, without the prompt and the files, which are shown by themselves. */
function settingsOf({ input }: Call, words: Words): [string, string][] {
  return Object.entries(input).flatMap(([name, value]): [string, string][] => {
    if (name === 'prompt' || (typeof value === 'object' && value !== null)) return [];
    const isChoice = typeof value === 'string' || typeof value === 'number';
    return [[sayField(name, words), isChoice ? sayChoice({ name }, value, words) : String(value)]];
  });
}
