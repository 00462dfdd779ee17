export {};
//# sourceMappingURL=repository.int.test.d.ts.map