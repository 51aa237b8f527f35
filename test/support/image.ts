import { constants } from 'node:fs';
import { copyFile, cp, link, mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Lays out in a folder what docker/Dockerfile puts into the image: the files it copies, and the packages that npm installs with
 * `--omit=dev --omit=optional`, taken from node_modules instead of from the registry.
 */
export async function layOutImage(folder: string): Promise<void> {
  const dockerfile = await readFile('docker/Dockerfile', 'utf8');
  const copied: Promise<void>[] = [];
  for (const [, options = '', from = ''] of dockerfile
    .slice(dockerfile.lastIndexOf('\nFROM '))
    .matchAll(/^COPY ((?:--\S+ )*)(.+)$/gm)) {
    const paths = from.split(' ');
    const target = paths.pop() ?? '';
    for (const path of paths) {
      const source = options.includes('--from=') ? path.replace(/^\/spil\//, '') : path;
      if (source === 'node_modules') copied.push(linkPackages(join(folder, target)));
      else
        copied.push(
          cp(source, join(folder, target === './' ? basename(source) : target), { recursive: true }),
        );
    }
  }
  await Promise.all(copied);
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/** The folders of the packages that production needs, as the lockfile has them. */
export async function productionPackages(): Promise<string[]> {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path]) => path);
}

async function linkPackages(target: string): Promise<void> {
  for (const path of await productionPackages()) await linkTree(path, join(dirname(target), path));
}

/** Links every file of a package but those of packages nested in it, which are in the lockfile themselves. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries
      .filter(({ name }) => name !== 'node_modules')
      .map((entry) => {
        const [source, destination] = [join(from, entry.name), join(to, entry.name)];
        return entry.isDirectory() ? linkTree(source, destination) : linkFile(source, destination);
      }),
  );
}

async function linkFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
