export {};
//# sourceMappingURL=configuration-documents.int.test.d.ts.map