/** A generated file: its path from the root, and its text. */
export interface GeneratedDocument {
    readonly file: string;
    readonly text: string;
}
/** docs/configuration.md and .env.example, as the settings of all processes and integrations have them. */
export declare function renderConfigurationDocuments(root: string): Promise<readonly GeneratedDocument[]>;
//# sourceMappingURL=configuration-documents.d.ts.map