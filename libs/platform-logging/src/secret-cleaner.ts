const shortestSecret = 6;

/**
 * Makes a function that replaces each of the values by `[secret]`, also where it is escaped for JSON or a URL.
 * Values of fewer than six characters are ignored: they are ordinary words, and replacing them would make logs unreadable.
 */
export function createSecretCleaner(values: readonly string[]): (text: string) => string {
  const spellings = new Set(values.filter((value) => value.length >= shortestSecret).flatMap(spellingsOf));
  if (spellings.size === 0) return (text) => text;
  const longestFirst = [...spellings].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'g');
  return (text) => text.replace(pattern, '[secret]');
}

function spellingsOf(value: string): readonly string[] {
  return [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
