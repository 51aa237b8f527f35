// Builds when a source is newer than the last build, so that a second start does not wait for the compiler.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newestBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (newest, entry) =>
      entry.isFile() ? Math.max(newest, modified(join(entry.parentPath, entry.name))) : newest,
    0,
  );

const sources = Math.max(
  ...['apps', 'libs'].map(newestBelow),
  ...['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map(modified),
);
if (modified('dist/.built') < sources) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
