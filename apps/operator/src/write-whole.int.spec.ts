import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from './write-whole.js';

describe('a file that is written whole', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-write-whole-'));
    file = join(folder, 'out.txt');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the place of the one before it, with nothing left beside it', async () => {
    await writeFile(file, 'the one before it, which is longer');
    await writeWhole(file, 'whole', 0o600);
    expect(await readFile(file, 'utf8')).toBe('whole');
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  it.each([
    ['its owner only', 0o600],
    ['everybody', 0o644],
  ])('may be read by %s', async (_, mode) => {
    await writeWhole(file, Buffer.from('whole'), mode);
    expect((await stat(file)).mode & 0o777).toBe(mode);
  });

  it('leaves the one before it as it was, and nothing beside it, when the disk is full', async () => {
    await writeFile(file, 'before');
    await symlink('/dev/full', `${file}.new`);
    await expect(writeWhole(file, 'whole', 0o600)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readFile(file, 'utf8')).toBe('before');
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  it('leaves nothing beside it when it cannot take its place', async () => {
    await mkdir(file);
    await expect(writeWhole(file, 'whole', 0o600)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  it('says so, and takes nothing away, when it cannot even be begun', async () => {
    await mkdir(`${file}.new`);
    await expect(writeWhole(file, 'whole', 0o600)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(folder)).toEqual(['out.txt.new']);
  });
});
