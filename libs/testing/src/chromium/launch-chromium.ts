import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { findChromium, noChromium } from './find-chromium.ts';

/** Starts the machine's Chromium without a window. One that the machine lacks is got from Playwright; rejects with the way out where that fails. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await getChromium(installPlaywrights);
  // Chromium refuses to build its sandbox for root.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/** The program. `install` gets Playwright's own where there is none, and answers what went wrong. */
export async function getChromium(
  install: () => Promise<string | undefined>,
  places = machinePlaces(),
): Promise<string> {
  const present = findChromium(places);
  if (present !== undefined) return present;
  const fault = await install();
  const installed = findChromium(places);
  if (installed === undefined) throw noChromium(fault ?? 'it was installed, and is not where it should be');
  return installed;
}

function machinePlaces() {
  return {
    chromePath: process.env['CHROME_PATH'],
    searchPath: process.env['PATH'] ?? '',
    playwrightPath: chromium.executablePath(),
    isExecutable,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function installPlaywrights(): Promise<string | undefined> {
  const cli = createRequire(import.meta.url)
    .resolve('playwright-core/package.json')
    .replace('package.json', 'cli.js');
  // What it says is progress: a download takes its time.
  const child = spawn(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('exit', (exitCode) => resolve(exitCode)),
  );
  return code === 0 ? undefined : `its download ended with ${code}`;
}
