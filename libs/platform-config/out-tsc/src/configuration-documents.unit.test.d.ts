export {};
//# sourceMappingURL=configuration-documents.unit.test.d.ts.map