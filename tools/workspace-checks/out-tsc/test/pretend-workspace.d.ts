/** What a run of the pretended Nx leaves behind. */
export interface PretendedRun {
    readonly codes: Readonly<Record<string, number>>;
    readonly counts?: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly exitCode?: number;
}
/** A small workspace with the real bootstrap, in which Nx and npm are scripts that leave what they are told to. */
export declare class PretendWorkspace {
    readonly root: string;
    private constructor();
    static create(): Promise<PretendWorkspace>;
    /** Puts a project with a number of test files in place. */
    addProject(folder: string, name: string, testFiles: number): Promise<void>;
    /** Leaves the workspace as `npm ci` does. */
    install(version?: string): Promise<void>;
    /** Says what the next run of Nx leaves behind. */
    pretendRun({ codes, counts, exitCode }: PretendedRun): Promise<void>;
    /** Puts a shell script in place. */
    script(file: string, lines: readonly string[]): Promise<void>;
    /** Runs a command in the workspace, with `bin/` before everything else on the path. */
    run(command: string, ...args: string[]): Promise<{
        code: number | string;
        stdout: string;
        output: string;
    }>;
    remove(): Promise<void>;
    private write;
}
//# sourceMappingURL=pretend-workspace.d.ts.map