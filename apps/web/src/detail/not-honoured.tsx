import type { Call } from '@darkroom/contract';
import { ServerText } from '../elements/server-text.tsx';
import { sayField } from '../words/field-words.ts';
import { useWords } from '../words/use-words.tsx';

/** What a provider could not do as it was asked for, where the call was made of a request that names no provider. */
export function NotHonoured({ call }: { call: Call }) {
  const words = useWords();
  const fields = call.request?.notHonoured ?? [];
  if (fields.length === 0) return null;
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="text-sm font-semibold">{words.calls.notHonoured}</h2>
      <ul className="flex flex-col gap-1 text-sm">
        {fields.map(({ field, reason }) => (
          <li key={field}>
            <span className="font-medium">{sayField(field, words)}</span>:{' '}
            <span className="text-muted">
              <ServerText text={reason} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
