export {};
//# sourceMappingURL=secret-values.unit.test.d.ts.map