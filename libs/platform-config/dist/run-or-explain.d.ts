/** Runs a process's main function; a ConfigurationError ends it with the plain message and exit code 78, any other error as usual. */
export declare function runOrExplain(main: () => Promise<void> | void): Promise<void>;
//# sourceMappingURL=run-or-explain.d.ts.map