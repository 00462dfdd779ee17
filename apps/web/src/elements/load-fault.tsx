import { DarkroomError } from '@darkroom/client';
import { CircleAlert } from 'lucide-react';
import { useWords } from '../words/use-words.tsx';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

interface LoadFaultProps {
  /** Where it is known: what does not exist is not worth another try. */
  error?: Error;
  onRetry: () => void;
  /** Whether it is all that there is on the page. */
  isPage?: boolean;
}

/** What could not be loaded, with the way to try again. */
export function LoadFault({ error, onRetry, isPage = false }: LoadFaultProps) {
  const { page } = useWords();
  const isNothing = error instanceof DarkroomError && error.status === 404;
  const detail = isNothing ? page.notFoundDetail : page.failedDetail;
  return (
    <Empty icon={<CircleAlert />} title={page.failed} detail={detail} isPage={isPage}>
      {!isNothing && <Button onClick={onRetry}>{page.again}</Button>}
    </Empty>
  );
}
