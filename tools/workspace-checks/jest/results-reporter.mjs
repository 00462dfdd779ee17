import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const conformanceKit = 'conformance.int.test.ts';

/** Enough of a message to see what was expected, what came, and where. */
const longestMessage = 3_000;

/** Leaves the counts of a run and what failed in the project's test-results/jest.json, where `npm test` collects them. */
export class ResultsReporter {
  constructor(globalConfig) {
    this.rootDir = globalConfig.rootDir;
    this.file = join(this.rootDir, 'test-results', 'jest.json');
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests } = results;
    const { numTotalTestSuites, numRuntimeErrorTestSuites } = results;
    const kits = results.testResults.filter(({ testFilePath }) => testFilePath.endsWith(conformanceKit));
    const kitSeconds = kits.reduce((sum, { perfStats }) => sum + (perfStats.end - perfStats.start) / 1000, 0);
    const counts = { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTests };
    mkdirSync(dirname(this.file), { recursive: true });
    const suites = { numTotalTestSuites, numRuntimeErrorTestSuites };
    const failures = results.testResults.flatMap((file) => this.#failuresOf(file));
    writeFileSync(
      this.file,
      JSON.stringify({ ...counts, ...suites, failures, ...(kits.length > 0 && { kitSeconds }) }),
    );
  }

  #failuresOf({ testFilePath, testResults, testExecError, failureMessage }) {
    const file = relative(this.rootDir, testFilePath);
    const failed = testResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({ file, name: fullName, message: shorten(failureMessages.join('\n')) }));
    return testExecError ? [...failed, { file, name: 'could not run', message: shorten(failureMessage) }] : failed;
  }
}

function shorten(message) {
  const text = stripVTControlCharacters(message ?? '');
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)} … (cut)`;
}

export default ResultsReporter;
