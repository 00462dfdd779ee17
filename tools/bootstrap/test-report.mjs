/** How long the conformance kits of all integrations may take together. */
const kitSecondsAim = 360;

/** The counts over all projects. Whatever is wrong and is not a failed test counts as one failure each. */
export function summarize(verdicts, ending) {
  const passed = sum(verdicts.map(({ tests }) => tests.passed));
  const failed = sum(verdicts.map(({ tests, faults }) => tests.failed + faults.length));
  const isUnexplained = ending !== 0 && failed === 0;
  return { passed, failed: isUnexplained ? 1 : failed, ...(isUnexplained ? { fault: `nx ended with ${ending}` } : {}) };
}

/** A table of all projects, everything that is wrong, and the counts. Failed tests are told again here: above, thousands of lines hide them. */
export function renderReport(verdicts, { passed, failed, fault }) {
  const rows = verdicts.map(({ name, lint, types, tests }) => [
    name,
    lint,
    types,
    `${tests.passed}`,
    `${tests.failed}`,
  ]);
  const faults = verdicts.flatMap(({ name, faults }) => faults.map((text) => `  ${name}: ${text}`));
  const all = fault ? [...faults, `  ${fault}`] : faults;
  const explained = all.length === 0 ? [] : ['', 'What is wrong:', ...all];
  const lines = [...renderTable([['project', 'lint', 'types', 'passed', 'failed'], ...rows]), ...explained];
  lines.push(...renderKits(verdicts), ...verdicts.flatMap(renderFailures));
  return `\n${lines.join('\n')}\n\n${verdicts.length} projects: ${passed} tests passed, ${failed} failures\n`;
}

function renderFailures({ name, failures }) {
  return failures.flatMap(({ file, name: test, message }) => [
    '',
    `FAILED ${name} ${file}: ${test}`,
    ...message.split('\n').map((line) => `  ${line}`.trimEnd()),
  ]);
}

/** A report and no check: how fast a kit is depends on what else the machine does. */
function renderKits(verdicts) {
  const kits = verdicts.filter(({ kitSeconds }) => kitSeconds !== undefined);
  if (kits.length === 0) return [];
  const rows = kits.map(({ name, kitSeconds }) => `  ${name}: ${Math.round(kitSeconds)} s`);
  const all = Math.round(sum(kits.map(({ kitSeconds }) => kitSeconds)));
  return ['', `The conformance kits took ${all} s together; the aim is ${kitSecondsAim} s:`, ...rows];
}

function renderTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
