export {};
//# sourceMappingURL=boundaries.int.test.d.ts.map