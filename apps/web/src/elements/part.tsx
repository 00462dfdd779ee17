import { Component, type ReactNode, Suspense } from 'react';
import { LoadFault } from './load-fault.tsx';

interface PartProps {
  /** Shown while it is loaded; default: nothing that can be seen. */
  toCome?: ReactNode;
  children: ReactNode;
}

/** What is around a part that is loaded later: where it fails, the rest of the page lives on, and the fault has a way out. */
export class Part extends Component<PartProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    // A browser keeps the failure of a script until the page is loaded anew; what was typed is kept over that.
    if (this.state.hasFailed) return <LoadFault onRetry={() => location.reload()} />;
    const { toCome = <div hidden data-to-come="" />, children } = this.props;
    return <Suspense fallback={toCome}>{children}</Suspense>;
  }
}
