import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { CommandContext } from './commands/command-context.ts';
import { down } from './commands/down.ts';
import { install } from './commands/install.ts';
import { logs } from './commands/logs.ts';
import { serve } from './commands/serve.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { up } from './commands/up.ts';
import { DeploymentError } from './deployment/deployment-error.ts';
import { loadDeployment } from './deployment/load-deployment.ts';
import { printProblem } from './terminal/print.ts';

const usualDeployFile = resolve(import.meta.dirname, '../../../deploy/deploy.dev.json');

const program = new Command('darkroom')
  .description('Brings the middleware and the services of a deploy file up and down on this machine.')
  .option('--file <path>', 'the deploy file', process.env['DARKROOM_DEPLOY_FILE'] ?? usualDeployFile);

program
  .command('up [names...]')
  .description('bring components and what they need up, all without a name, and leave them running')
  .action((names: string[]) => up(openContext(), names));

program
  .command('down [names...]')
  .description('stop components, all without a name')
  .action((names: string[]) => down(openContext(), names));

program
  .command('install')
  .description('get what the middleware needs, built or downloaded, and start nothing')
  .action(async () => {
    await install(openContext());
    process.exit();
  });

program
  .command('status')
  .description('show what runs and whether it works; exit code 1 where something does not')
  .option('--json', 'for programs', false)
  .action(async (options: { json: boolean }) => {
    if (!(await status(openContext(), options))) process.exitCode = 1;
  });

program
  .command('logs [name]')
  .description('show what components have printed')
  .option('-n, --lines <count>', 'how many lines of each', Number, 50)
  .option('-f, --follow', 'go on as they print more', false)
  .action((name: string | undefined, options: { lines: number; follow: boolean }) =>
    logs(openContext(), name, options),
  );

program
  .command('start [names...]')
  .description('bring components up, stay, and stop them at Ctrl-C')
  .action(async (names: string[]) => process.exit(await start(openContext(), names)));

program
  .command('serve <service>')
  .description('run one service in the foreground and again after each change, on the middleware that it needs')
  .action(async (service: string) => process.exit(await serve(openContext(), service)));

try {
  await program.parseAsync();
} catch (error) {
  printProblem(
    error instanceof DeploymentError ? `\n${error.message}` : String(error instanceof Error ? error.stack : error),
  );
  process.exit(1);
}

function openContext(): CommandContext {
  const deployFile = resolve(program.opts<{ file: string }>().file);
  const environment = withoutLauncher(process.env);
  const deployment = loadDeployment(deployFile, environment);
  // Everybody may enter: where root runs this, PostgreSQL's data belongs to another user.
  mkdirSync(join(deployment.dataDirectory, 'run'), { recursive: true, mode: 0o755 });
  return { deployFile, environment, deployment, dataDirectory: deployment.dataDirectory };
}

/** What npm and the bootstrap add for their own ends is nothing that a service should see. */
function withoutLauncher(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([key]) => !/^npm_|^NODE_CHANNEL|^INIT_CWD$/.test(key)));
}
