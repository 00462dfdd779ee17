export {};
//# sourceMappingURL=start-up.int.test.d.ts.map