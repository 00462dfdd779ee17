import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const conformanceKit = 'conformance.int.test.ts';

/** Leaves the counts of a run in the project's test-results/jest.json, where `npm test` collects them. */
export class ResultsReporter {
  constructor(globalConfig) {
    this.file = join(globalConfig.rootDir, 'test-results', 'jest.json');
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = results;
    const { numTotalTestSuites, numRuntimeErrorTestSuites } = results;
    const kits = results.testResults.filter(({ testFilePath }) => testFilePath.endsWith(conformanceKit));
    const kitSeconds = kits.reduce((sum, { perfStats }) => sum + (perfStats.end - perfStats.start) / 1000, 0);
    const counts = { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests };
    mkdirSync(dirname(this.file), { recursive: true });
    const suites = { numTotalTestSuites, numRuntimeErrorTestSuites };
    writeFileSync(this.file, JSON.stringify({ ...counts, ...suites, ...(kits.length > 0 && { kitSeconds }) }));
  }
}

export default ResultsReporter;
