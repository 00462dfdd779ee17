import { describe, expect, test } from '@jest/globals';
import { findChromium } from './find-chromium.ts';
import { getChromium } from './launch-chromium.ts';

const playwrightPath = '/cache/playwright/chrome';
const places = (present: string[], chromePath?: string) => ({
  chromePath,
  searchPath: '/usr/local/bin:/usr/bin',
  playwrightPath,
  isExecutable: (file: string) => present.includes(file),
});
const neverInstalls = () => Promise.reject(new Error('Nothing was to be installed.'));

describe('the browser that the page is tested in', () => {
  const everywhere = ['/opt/chrome', '/usr/bin/google-chrome', playwrightPath];

  test('is that of CHROME_PATH before all others', () => {
    expect(findChromium(places(everywhere, '/opt/chrome'))).toBe('/opt/chrome');
  });

  test.each([undefined, ''])('is the system’s where CHROME_PATH is %j', (chromePath) => {
    expect(findChromium(places(everywhere, chromePath))).toBe('/usr/bin/google-chrome');
  });

  test.each(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])('is found as %s', (name) => {
    expect(findChromium(places([`/usr/bin/${name}`, playwrightPath]))).toBe(`/usr/bin/${name}`);
  });

  test('is the one without windows where the system has both', () => {
    const both = ['/usr/local/bin/chromium', '/usr/bin/chromium-headless-shell'];
    expect(findChromium(places(both))).toBe('/usr/bin/chromium-headless-shell');
  });

  test('is Playwright’s own where the system has none', () => {
    expect(findChromium(places([playwrightPath]))).toBe(playwrightPath);
  });

  test('is none but that of CHROME_PATH where that is set', () => {
    expect(() => findChromium(places([playwrightPath], '/opt/gone'))).toThrow(
      'CHROME_PATH names /opt/gone, which is no program that can be run: correct it, or unset it',
    );
  });
});

describe('a machine without a browser', () => {
  test('gets Playwright’s own', async () => {
    const present: string[] = [];
    const install = () => {
      present.push(playwrightPath);
      return Promise.resolve(undefined);
    };

    expect(await getChromium(install, places(present))).toBe(playwrightPath);
  });

  test('fails the run, and says what can be done, where that cannot be had', async () => {
    const install = () => Promise.resolve('its download ended with 1');

    await expect(getChromium(install, places([]))).rejects.toThrow(
      /no Chromium .*\(its download ended with 1\)\. Install one, .*apt-get install chromium.* or set CHROME_PATH/,
    );
  });

  test('gets nothing where it has one', async () => {
    expect(await getChromium(neverInstalls, places(['/usr/bin/chromium']))).toBe('/usr/bin/chromium');
  });
});
