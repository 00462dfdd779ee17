import { useWords } from '../words/use-words.tsx';
import { CallOverlay, LoadedCall } from './call-overlay.tsx';

/** A call on a page of its own: what a copied link leads to. */
export function CallPage({ id }: { id: string }) {
  const { page } = useWords();
  return (
    <>
      <h1 className="sr-only">{page.call}</h1>
      <div className="lg:h-[calc(100dvh-3.5rem)]">
        <LoadedCall key={id} id={id} />
      </div>
      <CallOverlay neighbours={[]} />
    </>
  );
}
