export {};
//# sourceMappingURL=generate-configuration-docs.d.ts.map