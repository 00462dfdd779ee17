import { describe, expect, test } from '@jest/globals';
import { chinese } from './chinese/index.ts';
import { english } from './english/index.ts';
import { sayChoice, sayField } from './field-words.ts';
import { formatBytes, formatMoment, formatSpan } from './formats.ts';
import { chooseLanguage, firstWords, tagOf } from './language.ts';

describe('the language', () => {
  test.each([
    ['what was chosen', 'zh', ['en-GB'], 'zh'],
    ["the browser's", null, ['zh-TW', 'en'], 'zh'],
    ["the browser's second, where the page does not speak the first", null, ['de-DE', 'zh-CN'], 'zh'],
    ['English, where it speaks none of them', null, ['de', 'fr'], 'en'],
    ['no other than it speaks', 'xx', ['en'], 'en'],
  ])('is %s', (_which, kept, preferred, language) => {
    expect(chooseLanguage(kept, preferred)).toBe(language);
  });
});

test('the page is marked as of the language that it speaks', () => {
  expect(tagOf(chooseLanguage(null, ['de-DE', 'zh-CN']))).toBe('zh-CN');
  expect(tagOf(chooseLanguage(null, ['zh-TW', 'en']))).toBe('zh-CN');
  expect(tagOf(chooseLanguage('en', ['zh-CN']))).toBe('en');
});

test('the page begins in English where the words of its language cannot be had', async () => {
  const gone = new Error('Failed to fetch dynamically imported module');
  const load = async (language: string) => (language === 'en' ? english : Promise.reject(gone));

  expect(await firstWords('zh', load, [0])).toEqual({ language: 'en', words: english });
  expect(await firstWords('zh', async () => chinese, [0])).toEqual({ language: 'zh', words: chinese });
});

test('every sentence of English exists in Chinese, and none is left in English', () => {
  const same = sentencesOf(english).filter(([path, text]) => new Map(sentencesOf(chinese)).get(path) === text);
  const sayTheSame = /^(locale|page\.language|create\.submitHint|page\.shortcutList.*|calls\.fact\.sha256)$/;

  expect(same.map(([path]) => path).filter((path) => !sayTheSame.test(path))).toEqual([]);
});

test('a field without a known name is called what its own name says', () => {
  expect(sayField('motionStrength', english)).toBe('Motion strength');
  expect(sayField('aspectRatio', chinese)).toBe('画幅');
  expect(sayChoice({ name: 'seconds' }, 4, english)).toBe('4 s');
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [125_000, '2:05'],
  [3_723_000, '1:02:03'],
  [-5, '0 s'],
])('%i ms is %s', (milliseconds, text) => {
  expect(formatSpan(milliseconds)).toBe(text);
});

test('sizes of files are in the unit that one reads', () => {
  expect(formatBytes(1_234_567, 'en')).toBe('1.2 MB');
  expect(formatBytes(999, 'en')).toBe('999 bytes');
});

test('how large a file may be is said as the server has it', () => {
  expect(english.create.files.hint('image', 30 * 1024 * 1024)).toBe('PNG, JPEG or WebP, up to 30 MB');
  expect(english.create.files.hint('video', 1.5 * 1024 * 1024)).toBe('MP4 or QuickTime, up to 1.5 MB');
  expect(english.create.files.hint('video', Infinity)).toBe('MP4 or QuickTime');
  expect(chinese.create.faults.file_too_large(3 * 1024 * 1024, 512 * 1024)).toBe('文件大小为 3 MB，最大 512 kB。');
});

test('a moment of today is its time', () => {
  const now = new Date(2026, 10, 28, 12);

  expect(formatMoment(new Date(2026, 10, 28, 9, 5, 7).toISOString(), 'en', now)).toMatch(/^9:05:07/);
  expect(formatMoment(new Date(2026, 9, 1, 9, 5).toISOString(), 'en', now)).toContain('Oct 1, 2026');
});

function sentencesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => sentencesOf(part, path === '' ? name : `${path}.${name}`));
}
