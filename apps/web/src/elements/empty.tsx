import type { ReactNode } from 'react';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  detail?: string;
  children?: ReactNode;
  /** Whether it is all that there is on the page. */
  isPage?: boolean;
}

/** Says why nothing is shown, and what to do. */
export function Empty({ icon, title, detail, children, isPage = false }: EmptyProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="flex flex-col items-center justify-center gap-3 px-6 py-16 text-center">
      <div className="grid size-14 place-items-center rounded-2xl bg-raised text-muted">{icon}</div>
      <Heading className="text-lg font-semibold">{title}</Heading>
      {detail && <p className="max-w-md text-balance text-muted">{detail}</p>}
      {children}
    </div>
  );
}
