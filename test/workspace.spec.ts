import { access, readdir, readFile } from 'node:fs/promises';

interface Project {
  readonly type: string;
  readonly root: string;
  readonly entryFile: string;
  readonly sourceRoot: string;
  readonly compilerOptions: { readonly tsConfigPath: string };
}

describe('nest-cli.json', () => {
  let projects: Readonly<Record<string, Project>>;

  beforeAll(async () => {
    ({ projects } = JSON.parse(await readFile('nest-cli.json', 'utf8')) as { projects: typeof projects });
  });

  it.each([
    ['application', 'apps'],
    ['library', 'libs'],
  ])('names as %s what is in %s', async (type, folder) => {
    const named = Object.entries(projects)
      .filter(([, project]) => project.type === type && project.root.startsWith(`${folder}/`))
      .map(([name, { root }]) => [name, root]);
    const there = (await readdir(folder)).map((name) => [name, `${folder}/${name}`]);
    expect(named.sort()).toEqual(there.sort());
  });

  it('names entry files and compiler settings that exist', async () => {
    for (const { sourceRoot, entryFile, compilerOptions } of Object.values(projects))
      await Promise.all([access(`${sourceRoot}/${entryFile}.ts`), access(compilerOptions.tsConfigPath)]);
  });
});
