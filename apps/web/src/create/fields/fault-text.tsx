import { ServerText } from '../../elements/server-text.tsx';
import { sayFault } from '../../words/fault-words.ts';
import { useWords } from '../../words/use-words.tsx';
import type { FileFault } from '../check-file.ts';
import type { Fault } from '../check-values.ts';

/** What is wrong with a value or a file, in the page's words where it is the page that found it. */
export function FaultText({ fault }: { fault: Fault | FileFault }) {
  const words = useWords();
  const isOfServer = fault.code === 'refused' || fault.code === 'upload_refused';
  return isOfServer ? <ServerText text={fault.message} /> : sayFault(fault, words);
}
