import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';

/** The browser's own list, which phones and screen readers know, in the page's look. */
export function Select({ className = '', ...rest }: ComponentProps<'select'>) {
  return (
    <span className={`relative block ${className}`}>
      <select className="field h-10 appearance-none pr-9! text-ellipsis" {...rest} />
      <ChevronDown size={16} aria-hidden="true" className="pointer-events-none absolute top-3 right-3 text-muted" />
    </span>
  );
}
