import { delimiter, join } from 'node:path';

/** Where a Chromium may be. */
export interface ChromiumPlaces {
  /** `CHROME_PATH`: it alone counts where it is set. */
  readonly chromePath: string | undefined;
  /** `PATH`. */
  readonly searchPath: string;
  /** Where Playwright keeps the Chromium that it has downloaded, if it has. */
  readonly playwrightPath: string;
  readonly isExecutable: (file: string) => boolean;
}

/**
 * The browser that the page is tested in: the one of `CHROME_PATH`, else the system's (rather the one without windows), else Playwright's own; undefined where there is none.
 * Throws where `CHROME_PATH` names no program.
 */
export function findChromium({
  chromePath,
  searchPath,
  playwrightPath,
  isExecutable,
}: ChromiumPlaces): string | undefined {
  if (chromePath !== undefined && chromePath !== '') {
    if (isExecutable(chromePath)) return chromePath;
    throw new Error(
      `CHROME_PATH names ${chromePath}, which is no program that can be run: correct it, or unset it to have the browser looked for.`,
    );
  }
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  const onPath = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...macApplications, playwrightPath].find(isExecutable);
}

/** The way out where none is found. `why`: what became of the attempt to get one. */
export function noChromium(why: string): Error {
  return new Error(
    `There is no Chromium to test the page in, and Playwright’s own could not be had (${why}). Install one, for instance with \`apt-get install chromium\` or \`brew install --cask chromium\`, or set CHROME_PATH to the program of any Chrome, Chromium or Edge.`,
  );
}

const systemNames = [
  // It has no window to draw, and takes a third of the time to open a page.
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
