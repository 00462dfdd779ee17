const open: HTMLElement[] = [];
const listeners = new Set<() => void>();

/** Notes a dialog that was opened above the others. What is answered takes it out again. */
export function noteDialog(dialog: HTMLElement): () => void {
  open.push(dialog);
  tell();
  return () => {
    open.splice(open.indexOf(dialog), 1);
    tell();
  };
}

/** The dialog above all others: everything outside of it is inert, and unseen by screen readers. */
export function topDialog(): HTMLElement | undefined {
  return open.at(-1);
}

export function onDialogs(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
