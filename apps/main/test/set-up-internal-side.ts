import { type InternalSide, openInternalSide } from './internal-side.ts';
import { type OnMiddleware, type SetUpChoices, setUpOnMiddleware } from './set-up-on-middleware.ts';

/** The inside of `main` as a test file has it. */
export interface InternalSideOfFile extends InternalSide, OnMiddleware {
  /** Another `main` on the same database. Close it. */
  openAnother(): Promise<InternalSide>;
}

/** Opens the inside of `main` for a test file, or for each of its tests, and closes it. */
export function setUpInternalSide(choices: SetUpChoices = {}): InternalSideOfFile {
  return setUpOnMiddleware(async ({ postgres }) => {
    const url = await postgres.createDatabase();
    return { ...(await openInternalSide(url)), openAnother: () => openInternalSide(url) };
  }, choices);
}
