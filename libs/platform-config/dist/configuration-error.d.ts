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
export declare class ConfigurationError extends Error {
    readonly name = "ConfigurationError";
    readonly faults: readonly SettingFault[];
    constructor(faults: readonly SettingFault[]);
}
/** Recognises a ConfigurationError by its name, so that it works across copies of this package. */
export declare function isConfigurationError(error: unknown): error is ConfigurationError;
//# sourceMappingURL=configuration-error.d.ts.map