/** The tokens of one test server: `<number>:<subject>`. */
export interface TestTokens {
  make(subject: string): string;
  /** How long they last, by what the API says: 300. */
  seconds: number;
  /** The subject of one that was made and is not over. */
  subjectOf(token: string): string | undefined;
  /** Ends all that were made so far. */
  expireAll(): void;
  /** Calls back whenever all have ended. */
  onExpired(listener: () => void): void;
  readonly made: number;
  /** How often one that was over was shown. */
  readonly refused: number;
}

export function createTestTokens(): TestTokens {
  let made = 0;
  let expired = 0;
  let refused = 0;
  const listeners: (() => void)[] = [];
  return {
    make: (subject) => `${(made += 1)}:${subject}`,
    seconds: 300,
    subjectOf(token) {
      const [number, subject] = token.split(':');
      if (Number(number) > expired) return subject;
      refused += 1;
      return undefined;
    },
    expireAll() {
      expired = made;
      for (const listener of listeners) listener();
    },
    onExpired: (listener) => void listeners.push(listener),
    get made() {
      return made;
    },
    get refused() {
      return refused;
    },
  };
}
