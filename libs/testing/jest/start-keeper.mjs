import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../src/keeper/keeper.ts', import.meta.url));
const options = ['--conditions=@darkroom/source', '--disable-warning=ExperimentalWarning'];

/** The process that keeps middleware for all test files of this run. */
export const keeper = { process: undefined };

/** Jest's globalSetup: starts the keeper, which starts a middleware when a test file first asks for it. */
export default async function startKeeper() {
  keeper.process = spawn(process.execPath, [...options, entry], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.env.DARKROOM_TEST_KEEPER = await firstLineOf(keeper.process);
}

function firstLineOf(running) {
  return new Promise((resolve, reject) => {
    running.once('error', reject);
    running.once('exit', (code) => reject(new Error(`The keeper of middleware for tests ended with ${code}.`)));
    running.stdout.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
  });
}
