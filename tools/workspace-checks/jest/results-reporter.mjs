import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Leaves the counts of a run in the project's test-results/jest.json, where `npm test` collects them. */
export class ResultsReporter {
  constructor(globalConfig) {
    this.file = join(globalConfig.rootDir, 'test-results', 'jest.json');
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = results;
    const { numTotalTestSuites, numRuntimeErrorTestSuites } = results;
    const counts = { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ ...counts, numTotalTestSuites, numRuntimeErrorTestSuites }));
  }
}

export default ResultsReporter;
