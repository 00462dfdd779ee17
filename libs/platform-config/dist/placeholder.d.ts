/** Whether a text was left over from an example: `changeme`, `your-api-key`, `<key>`, `xxxx`. */
export declare function isPlaceholder(text: string): boolean;
//# sourceMappingURL=placeholder.d.ts.map