import type { Call } from '@darkroom/contract';
import { contentPathOf, thumbnailPathOf } from '../create/media-paths.ts';
import { sayField } from '../words/field-words.ts';
import { useWords } from '../words/use-words.tsx';
import { filesGiven } from './files-given.ts';

/** The images and videos that a call was given. */
export function Inputs({ call }: { call: Call }) {
  const words = useWords();
  const given = filesGiven(call.input).map((one) => ({ ...one, name: sayField(one.name, words) }));
  if (given.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{words.calls.inputs}</h2>
      <ul className="flex flex-wrap gap-2">
        {given.map(({ name, isVideo, file }, index) => (
          <li key={index} className="well size-20 overflow-hidden rounded-lg" title={name}>
            {file.kind === 'url' ? (
              <a
                href={file.url}
                target="_blank"
                rel="noreferrer"
                className="grid size-full place-items-center p-1 text-[0.625rem] break-all text-accent"
              >
                {file.url}
              </a>
            ) : isVideo ? (
              <video src={`${contentPathOf(file)}#t=0.1`} muted preload="metadata" className="size-full object-cover" />
            ) : (
              <a href={contentPathOf(file)} target="_blank" rel="noreferrer">
                <img src={thumbnailPathOf(file)} alt={name} className="size-full object-cover" />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
