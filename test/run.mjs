// Everything that must hold, in one command. Each check counts as one, each test as one; the last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = (name) => join('node_modules', '.bin', name);
const run = (command, args) => {
  const result = spawnSync(command, args, { stdio: 'inherit' });
  if (result.error) console.error(`${command}: ${result.error.message}`);
  return result.status === 0;
};

const checks = [
  ['build', () => run('npm', ['run', '--silent', 'build'])],
  ['types', () => run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.json'])],
  ['lint', () => run(bin('eslint'), ['.'])],
  ['format', () => run(bin('prettier'), ['--check', '--log-level', 'warn', '.'])],
  ['architecture', () => run(bin('depcruise'), ['apps', 'libs', '--config', '.dependency-cruiser.mjs'])],
  [
    'schema is current',
    () => run(process.execPath, ['dist/apps/coordination-service/src/print-schema.js', '--check']),
  ],
];

let passed = 0;
let failed = 0;
for (const [name, check] of checks) {
  const ok = check();
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (ok) passed += 1;
  else failed += 1;
}

const folder = mkdtempSync(join(tmpdir(), 'spil-test-'));
const report = join(folder, 'report.json');
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const jestOk = run(process.execPath, [...jest, '--json', `--outputFile=${report}`, ...process.argv.slice(2)]);
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  if (result.numPassedTests === 0) throw new Error('no test ran');
  if (!jestOk && result.numFailedTests === 0) failed += 1;
} catch (error) {
  console.error(`the tests left no usable report: ${error.message}`);
  failed += 1;
}
rmSync(folder, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
