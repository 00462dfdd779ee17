export {};
//# sourceMappingURL=dependencies.int.test.d.ts.map