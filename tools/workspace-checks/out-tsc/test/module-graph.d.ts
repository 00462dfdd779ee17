/** What a file names after `from` or in `import(…)`. */
export interface ModuleImport {
    readonly specifier: string;
    /** An import that leaves nothing behind when types are stripped. */
    readonly isTypeOnly: boolean;
}
/** What a file imports, in the order of the text. */
export declare function importsOf(file: string): readonly ModuleImport[];
/** Where a file's imports lead: to other files of the workspace, and to packages and builtins outside it. */
export declare class ModuleGraph {
    private readonly packages;
    private readonly known;
    get files(): readonly string[];
    /** What a file loads at run time: a path of the workspace, or a specifier as it was written. */
    loadedBy(file: string): readonly string[];
    /** Everything that loading a file loads, itself included, each with the way that leads there. */
    closureOf(file: string): ReadonlyMap<string, readonly string[]>;
    private resolve;
}
//# sourceMappingURL=module-graph.d.ts.map