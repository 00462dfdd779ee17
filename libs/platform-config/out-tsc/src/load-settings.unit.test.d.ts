export {};
//# sourceMappingURL=load-settings.unit.test.d.ts.map