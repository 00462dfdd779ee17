import { useWords } from '../words/use-words.tsx';

/** A sentence of the server, which speaks English alone: said to be its own where the page speaks another language, and read out as English. */
export function ServerText({ text }: { text: string }) {
  const { calls } = useWords();
  return (
    <>
      {calls.serverSays}
      <span lang="en">{text}</span>
    </>
  );
}
