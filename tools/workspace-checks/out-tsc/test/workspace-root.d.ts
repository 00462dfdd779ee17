/** The folder that holds the whole workspace. */
export declare const workspaceRoot: string;
//# sourceMappingURL=workspace-root.d.ts.map