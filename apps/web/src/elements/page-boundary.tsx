import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/use-words.tsx';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';

/** What is around the whole page: whatever throws outside of its parts leaves no blank page, but one that says so and has a way out. */
export class PageBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <PageFault /> : this.props.children;
  }
}

function PageFault() {
  const { page } = useWords();
  return (
    <main className="grid min-h-dvh place-items-center">
      <Empty isPage icon={<CircleAlert />} title={page.broken} detail={page.brokenDetail}>
        <Button onClick={() => location.reload()}>{page.again}</Button>
      </Empty>
    </main>
  );
}
