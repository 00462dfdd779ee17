export {};
//# sourceMappingURL=modules.int.test.d.ts.map