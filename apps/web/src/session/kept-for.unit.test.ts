import { describe, expect, test } from '@jest/globals';
import { aStorage } from '../../test/a-storage.ts';
import { KeptTexts } from '../elements/kept-texts.ts';
import { KeptDraft } from './kept-draft.ts';
import { KeptForAccount } from './kept-for.ts';

/** Pages of one browser, which share its storage. */
function aBrowser() {
  const storage = aStorage();
  /** `tab`: what the tab kept for itself before. */
  const open = (accountId: string, tab = aStorage()) => {
    const page = new KeptForAccount(new KeptTexts(() => storage), new KeptTexts(() => tab));
    page.keepFor(accountId);
    return page;
  };
  return {
    open,
    empty: () => storage.clear(),
    everything: () => Array.from({ length: storage.length }, (_none, at) => storage.key(at)),
  };
}

test('what was typed comes back after a reload', () => {
  const { open } = aBrowser();
  open('acme').setItem('draft', 'a fox');

  expect(open('acme').getItem('draft')).toBe('a fox');
});

test('another account begins without what was kept before, and the tab of the one before keeps nothing more', () => {
  const { open, everything } = aBrowser();
  const before = open('acme');
  before.setItem('draft', 'a fox');
  const other = open('other');
  before.setItem('outbox', 'to be paid by acme');

  expect([before.isOwn(), before.getItem('draft'), other.isOwn(), other.getItem('outbox')]).toEqual([
    false,
    null,
    true,
    null,
  ]);
  expect(everything()).toEqual(['darkroom.account']);
});

test('after signing out in one tab no other writes back what was forgotten', () => {
  const { open, everything } = aBrowser();
  const [one, other] = [open('acme'), open('acme')];
  one.setItem('draft', 'a fox');
  one.forgetAll();
  other.setItem('outbox', 'wanted by acme');

  expect([everything(), other.isOwn()]).toEqual([[], false]);
  other.keepFor('acme');
  expect(other.isOwn()).toBe(true);
});

test('a page whose storage was emptied goes on for the account that is still signed in', async () => {
  const { open, empty } = aBrowser();
  const page = open('acme');
  empty();

  expect([page.isOwn(), page.isOfAnother()]).toEqual([false, false]);
  expect(await page.isOwnStill(() => Promise.resolve('acme'))).toBe(true);
  page.setItem('draft', 'a fox');
  expect(page.getItem('draft')).toBe('a fox');
});

test('a page whose storage was emptied sends nothing once nobody or another account is signed in', async () => {
  const { open, empty, everything } = aBrowser();
  const page = open('acme');
  empty();

  expect(await page.isOwnStill(() => Promise.resolve(undefined))).toBe(false);
  expect(await page.isOwnStill(() => Promise.resolve('other'))).toBe(false);
  expect(everything()).toEqual([]);
});

test('a page of a browser that another account has taken asks nobody whose it is', async () => {
  const { open } = aBrowser();
  const before = open('acme');
  open('other');

  expect(before.isOfAnother()).toBe(true);
  expect(await before.isOwnStill(() => Promise.reject(new Error('Nobody was to be asked.')))).toBe(false);
});

test('another account that signs in during the look at who is signed in keeps the browser', async () => {
  const { open, empty } = aBrowser();
  const before = open('acme');
  empty();
  const read = () => {
    open('other');
    return Promise.resolve('acme');
  };

  expect(await before.isOwnStill(read)).toBe(false);
  expect(before.owner()).toBe('other');
});

test('what belongs together is found by how its name begins', () => {
  const page = aBrowser().open('acme');
  for (const name of ['outbox/1', 'outbox/2', 'draft']) page.setItem(name, '{}');
  page.removeItem('outbox/1');

  expect(page.names('outbox/')).toEqual(['outbox/2']);
});

test('accounts whose names begin alike share nothing', () => {
  const { open } = aBrowser();
  open('acme').setItem('draft', 'a fox');

  expect(open('acme/draft').getItem('')).toBeNull();
});

describe('what is being typed', () => {
  const draftOf = (page: KeptForAccount) =>
    new KeptDraft('draft', { read: (text) => text ?? '', write: (text: string) => text }, page.drafts);

  test('comes back in each tab after a reload, whatever another tab has typed since', () => {
    const { open } = aBrowser();
    const [one, other] = [aStorage(), aStorage()];
    draftOf(open('acme', one)).change(() => 'a fox');
    draftOf(open('acme', other)).change(() => 'an owl');

    expect([one, other].map((tab) => draftOf(open('acme', tab)).read())).toEqual(['a fox', 'an owl']);
  });

  test('is what a new tab begins with', () => {
    const { open } = aBrowser();
    draftOf(open('acme')).change(() => 'a fox');

    expect(draftOf(open('acme')).read()).toBe('a fox');
  });

  test('is forgotten in a tab that comes to another account, and where somebody has signed out', () => {
    const { open } = aBrowser();
    const [one, other] = [aStorage(), aStorage()];
    draftOf(open('acme', one)).change(() => 'a fox');
    const signedOut = open('acme', other);
    draftOf(signedOut).change(() => 'an owl');
    signedOut.forgetAll();
    open('other');

    expect([draftOf(open('other', one)).read(), one.length, other.length]).toEqual(['', 0, 0]);
  });
});
