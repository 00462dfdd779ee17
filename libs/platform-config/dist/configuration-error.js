/** Stops a process before it has done anything; its message lists every fault with its way out. */
export class ConfigurationError extends Error {
    name = 'ConfigurationError';
    faults;
    constructor(faults) {
        super(explain(faults));
        this.faults = faults;
    }
}
/** Recognises a ConfigurationError by its name, so that it works across copies of this package. */
export function isConfigurationError(error) {
    return error instanceof Error && error.name === 'ConfigurationError';
}
function explain(faults) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    const lines = faults.map(({ variable, problem, remedy }) => `  - ${variable} ${problem}. ${remedy}`);
    return [
        `The configuration has ${count}:`,
        ...lines,
        'Set the variables in the environment or in .env; docs/configuration.md describes each of them.',
    ].join('\n');
}
//# sourceMappingURL=configuration-error.js.map