/** One thing that is wrong with the configuration. None of its texts holds a configured value. */
export interface SettingFault {
  /** The variable, or the variables, that the reader has to change. */
  readonly variable: string;
  /** What is wrong, as a clause that follows the variable's name: "is not set". */
  readonly problem: string;
  /** What to do, as a sentence. */
  readonly remedy: string;
}

/** Stops a process before it has done anything; its message lists every fault with its way out. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(explain(faults));
    this.faults = faults;
  }
}

/** Recognises a ConfigurationError by its name, so that it works across copies of this package. */
export function isConfigurationError(error: unknown): error is ConfigurationError {
  return error instanceof Error && error.name === 'ConfigurationError';
}

function explain(faults: readonly SettingFault[]): string {
  const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
  const lines = faults.map(({ variable, problem, remedy }) => `  - ${variable} ${problem}. ${remedy}`);
  return [
    `The configuration has ${count}:`,
    ...lines,
    'Set the variables in the environment or in .env; docs/configuration.md describes each of them.',
  ].join('\n');
}
