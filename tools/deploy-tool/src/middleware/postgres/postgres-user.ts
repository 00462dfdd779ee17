import { spawnSync } from 'node:child_process';

export interface PostgresUser {
  readonly userId: number;
  readonly groupId: number;
}

const userName = 'postgres';

/** PostgreSQL refuses to run as root, so root runs it as the system user `postgres`, which is made where it is missing. */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findUser() ?? createUser();
}

function findUser(): PostgresUser | undefined {
  const [userId, groupId] = ['-u', '-g'].map((flag) =>
    spawnSync('id', [flag, userName], { encoding: 'utf8' }).stdout?.trim(),
  );
  return userId && groupId ? { userId: Number(userId), groupId: Number(groupId) } : undefined;
}

function createUser(): PostgresUser {
  const { stderr, error } = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', userName], {
    encoding: 'utf8',
  });
  const created = findUser();
  if (created !== undefined) return created;
  throw new Error(
    `PostgreSQL does not run as root, and the user "${userName}" could not be made (${error?.message ?? stderr.trim()}). ` +
      'Make that user, start Darkroom as another user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
