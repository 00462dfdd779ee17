import { z } from 'zod';
declare const manifestSchema: z.ZodObject<{
    name: z.ZodString;
    exports: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodUnion<readonly [z.ZodString, z.ZodRecord<z.ZodString, z.ZodString>]>>>;
    bin: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
    dependencies: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
    devDependencies: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
}, z.core.$strip>;
/** One package of the workspace. */
export interface WorkspacePackage {
    /** Its folder, relative to the root: `libs/contract`. */
    readonly folder: string;
    readonly manifest: z.infer<typeof manifestSchema>;
    /** Its TypeScript files, relative to the root. */
    readonly files: readonly string[];
}
/** The files that belong to the repository, tracked or about to be, relative to the root. */
export declare function listFiles(): readonly string[];
/** The text of a file, by its path from the root. */
export declare function readWorkspaceFile(file: string): string;
/** Every package of the workspace, with its files. */
export declare function listPackages(): readonly WorkspacePackage[];
/** Whether only tests run a file. */
export declare function isTestCode(file: string): boolean;
export {};
//# sourceMappingURL=workspace-files.d.ts.map