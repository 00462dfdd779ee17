/** Has Nx write down which projects there are; without it the rule for module boundaries skips itself. */
export declare function refreshProjectGraph(): Promise<void>;
//# sourceMappingURL=project-graph.d.ts.map