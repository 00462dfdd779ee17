export {};
//# sourceMappingURL=lint-texts.d.ts.map