/** What of a press of a key decides whether it downloads. */
interface Press {
  key: string;
  /** Whether the key is held down, and this is one of its repetitions. */
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Whether a press asks for the file: D alone. With Ctrl, ⌘ or Alt it belongs to the browser, such as Alt+D for the address. */
export function isDownloadPress({ key, repeat, ctrlKey, metaKey, altKey }: Press): boolean {
  return key.toLowerCase() === 'd' && !repeat && !ctrlKey && !metaKey && !altKey;
}
