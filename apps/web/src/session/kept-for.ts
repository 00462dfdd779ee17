import { kept, keptInTab, type KeptTexts } from '../elements/kept-texts.ts';
import type { DraftStorage } from './kept-draft.ts';

const accountKey = 'darkroom.account';
const ofAccounts = 'darkroom/';

/**
 * What the page keeps for the account that it was drawn for, by names of its own. Tabs share their storage and their session: once another tab has
 * signed out or in as another, this one keeps nothing more, and nothing that it holds may be sent.
 */
export class KeptForAccount {
  private readonly texts: KeptTexts;
  private readonly ofTab: KeptTexts;
  private accountId: string | undefined;

  /** `ofTab`: what a tab keeps for itself. */
  constructor(texts: KeptTexts, ofTab: KeptTexts) {
    this.texts = texts;
    this.ofTab = ofTab;
  }

  /** What is being typed: each tab comes back to its own, and a new one begins with what was typed last in any. */
  readonly drafts: DraftStorage = {
    getItem: (name) => (this.isOwn() ? this.ofTab.getItem(this.prefix() + name) : null) ?? this.getItem(name),
    setItem: (name, text) => {
      if (this.isOwn()) this.ofTab.setItem(this.prefix() + name, text);
      this.setItem(name, text);
    },
  };

  /** Whose browser it is; null where nothing was kept. */
  owner(): string | null {
    return this.texts.getItem(accountKey);
  }

  /** Keeps what comes from now on for an account. What was kept for others, it could read and would pay for: that is forgotten. */
  keepFor(accountId: string): void {
    this.accountId ??= accountId;
    // Another tab may have signed out or in as another, and could not forget what this one keeps for itself.
    forget(this.ofTab, (key) => !key.startsWith(prefixOf(accountId)));
    if (this.owner() === accountId) return;
    this.forgetAll();
    this.texts.setItem(accountKey, accountId);
  }

  /** Forgets what was kept in this browser for whoever was signed in. How the page looks is nobody's secret. */
  forgetAll(): void {
    forget(this.texts);
    forget(this.ofTab);
    this.texts.removeItem(accountKey);
  }

  /** Whether the browser still belongs to the account that the page was drawn for. */
  isOwn(): boolean {
    return this.accountId !== undefined && this.owner() === this.accountId;
  }

  /** Whether the browser belongs to another account by now. One whose storage was emptied belongs to nobody that is known. */
  isOfAnother(): boolean {
    return this.owner() !== null && !this.isOwn();
  }

  /**
   * Whether the browser still belongs to the account that the page was drawn for, after a look at who is signed in where it names nobody: somebody
   * has signed out, or has only emptied the storage, and then the page takes its place in it again. Fails as `readAccount` does.
   */
  async isOwnStill(readAccount: () => Promise<string | undefined>): Promise<boolean> {
    if (this.accountId !== undefined && this.owner() === null) {
      const signedIn = await readAccount();
      if (signedIn === this.accountId && this.owner() === null) this.texts.setItem(accountKey, signedIn);
    }
    return this.isOwn();
  }

  getItem(name: string): string | null {
    return this.isOwn() ? this.texts.getItem(this.prefix() + name) : null;
  }

  setItem(name: string, text: string): void {
    if (this.isOwn()) this.texts.setItem(this.prefix() + name, text);
  }

  removeItem(name: string): void {
    this.texts.removeItem(this.prefix() + name);
  }

  /** The names of what is kept that begin like this. */
  names(beginning: string): string[] {
    if (!this.isOwn()) return [];
    const prefix = this.prefix();
    return this.texts
      .keys()
      .filter((key) => key.startsWith(prefix + beginning))
      .map((key) => key.slice(prefix.length));
  }

  private prefix(): string {
    return prefixOf(this.accountId ?? '');
  }
}

function prefixOf(accountId: string): string {
  return `${ofAccounts}${encodeURIComponent(accountId)}/`;
}

function forget(texts: KeptTexts, which: (key: string) => boolean = () => true): void {
  for (const key of texts.keys()) if (key.startsWith(ofAccounts) && which(key)) texts.removeItem(key);
}

/** That of this page. */
export const keptForAccount = new KeptForAccount(kept, keptInTab);
