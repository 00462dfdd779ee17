import type { Said } from '../supervisor/messages.ts';

export function printLine(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function printProblem(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Prints what the supervisor says about a component, its name first. */
export function printSaid({ component, text, level }: Omit<Said, 'kind'>): void {
  const lines = text.split('\n').map((line, index) => `${(index === 0 ? component : '').padEnd(20)} ${line}`);
  if (level === 'problem') lines.forEach(printProblem);
  else lines.forEach(printLine);
}
