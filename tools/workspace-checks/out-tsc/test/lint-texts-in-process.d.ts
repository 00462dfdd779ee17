/** The ids of the rules that each text breaks, in a process of its own: ESLint and Nx do not run inside Jest. */
export declare function lintTexts(texts: readonly {
    readonly path: string;
    readonly code: string;
}[]): Promise<readonly (readonly string[])[]>;
//# sourceMappingURL=lint-texts-in-process.d.ts.map