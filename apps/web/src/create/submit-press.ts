/** What of a press of a key decides whether it submits. */
interface Press {
  key: string;
  /** Whether the key is held down, and this is one of its repetitions. */
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * What a press wishes: Enter with Ctrl or ⌘ submits. `held`: a browser would submit at each repetition of an Enter that is held down, in a line of
 * the form or on a button of it; each would be paid for.
 */
export function submitPress(
  { key, repeat, ctrlKey, metaKey }: Press,
  isOnSubmitter: boolean,
): 'submit' | 'held' | undefined {
  if (key !== 'Enter') return undefined;
  const isShortcut = ctrlKey || metaKey;
  if (repeat) return isShortcut || isOnSubmitter ? 'held' : undefined;
  return isShortcut ? 'submit' : undefined;
}
