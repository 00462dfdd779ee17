interface ToggleProps {
  id: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  describedBy?: string | undefined;
}

/** A switch between yes and no. */
export function Toggle({ id, isOn, onChange, describedBy }: ToggleProps) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      checked={isOn}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.checked)}
      className="relative h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-raised transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-[1.125rem] before:rounded-full before:bg-edge before:transition-transform checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent"
    />
  );
}
