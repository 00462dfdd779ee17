export {};
//# sourceMappingURL=npm-test.int.test.d.ts.map