interface ProgressProps {
  label: string;
  /** 0 to 100; undefined where nobody knows. */
  percent: number | undefined;
}

/** How far something has come; a slow shimmer where that is not known. */
export function Progress({ label, percent }: ProgressProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent === undefined ? undefined : Math.round(percent)}
      className="h-1.5 overflow-hidden rounded-full bg-raised"
    >
      <div
        className={`h-full rounded-full bg-accent transition-[width] duration-500 ${percent === undefined ? 'animate-shimmer' : ''}`}
        style={{ width: percent === undefined ? '100%' : `${Math.max(2, percent)}%` }}
      />
    </div>
  );
}
