import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AuditBundle } from '@spil/proof';

/** Makes a history with its bundles, and writes them into a folder. */
const making = `
import { writeFileSync } from 'node:fs';
import { formatVerifierKey } from './dist/libs/proof/src/index.js';
import { checkpointOver, keysOf, logBundle, streamBundle, randomFrom, randomLog, treeOf } from './test/tampering/histories.mjs';
const [folder] = process.argv.slice(1);
const keys = keysOf();
const log = randomLog(randomFrom(1), 40).map((event) => ({ ...event, data: Buffer.from('{"said":"\\ufffd"}') }));
const tree = treeOf(log);
const kept = { size: 30, note: checkpointOver(tree, 30, keys.log, [keys.witness]) };
const checkpoint = checkpointOver(tree, 40, keys.log, [keys.witness]);
const untold = checkpointOver(treeOf(log, { isTold: () => false }), 40, keys.log, [keys.witness]);
const late = checkpointOver(tree, 40, keys.log, [keys.witness], 2 ** 50);
const write = (name, content) => writeFileSync(folder + '/' + name, content);
write('case.json', JSON.stringify(streamBundle(tree, log[0].stream, checkpoint, [kept])));
write('log.json', JSON.stringify(logBundle(tree, 40, checkpoint, [kept])));
write('part.json', JSON.stringify(logBundle(tree, 30, checkpoint, [kept])));
write('late.json', JSON.stringify(logBundle(tree, 40, late, [kept])));
write('kept.txt', kept.note);
write('same.txt', checkpoint);
write('untold.txt', untold);
write('keys.json', JSON.stringify({ log: formatVerifierKey(keys.log), witness: formatVerifierKey(keys.witness) }));
`;

const run = (args: readonly string[], cwd = process.cwd()): Promise<{ exit: number | null; said: string }> =>
  new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd });
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.once('close', (exit) => done({ exit, said }));
  });

describe('the verifier of audit bundles, as a program,', () => {
  let folder: string;
  let keys: { log: string; witness: string };

  const verifier = resolve('tools/verify-bundle.mjs');
  const verify = (name: string, ...args: string[]): Promise<{ exit: number | null; said: string }> =>
    run([verifier, name, '--log-key', keys.log, '--witness-key', keys.witness, ...args], folder);
  const bundle = async (name: string): Promise<AuditBundle> =>
    JSON.parse(await readFile(join(folder, name), 'utf8')) as AuditBundle;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-verifier-'));
    const made = await run(['--input-type=module', '--eval', making, folder]);
    expect(made).toEqual({ exit: 0, said: '' });
    keys = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')) as typeof keys;
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['case.json', 'log.json', 'part.json'])(
    'proves %s with checkpoints that were kept',
    async (name) => {
      expect(await verify(name, '--earlier', 'kept.txt')).toMatchObject({ exit: 0 });
      expect(await verify(name, '--earlier', 'same.txt')).toMatchObject({ exit: 0 });
    },
  );

  it('says of a case what an earlier checkpoint committed to, and that only the whole log shows there is no other', async () => {
    const { said } = await verify('case.json', '--earlier', 'kept.txt');
    expect(said).toMatch(
      /the log committed under it to exactly the first \d+ of these events, as they are here/,
    );
    expect(said).toContain('a bundle of the whole log proves that');
  });

  it('proves nothing under a kept checkpoint without what it commits to about the case', async () => {
    const made = await bundle('case.json');
    const earlier = made.earlier.map(({ size, consistency }) => ({ size, consistency }));
    await writeFile(join(folder, 'unlinked.json'), JSON.stringify({ ...made, earlier }));
    expect(await verify('unlinked.json', '--earlier', 'kept.txt')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('does not link your earlier checkpoint') as unknown,
    });
  });

  it('refuses half a character where an unreadable one was written', async () => {
    const text = await readFile(join(folder, 'case.json'), 'utf8');
    await writeFile(join(folder, 'half.json'), text.replace('\ufffd', '\\ud800'));
    expect(await verify('half.json')).toMatchObject({ exit: 1 });
  });

  it('refuses a file that is no UTF-8, also where an unreadable character was written', async () => {
    const bytes = await readFile(join(folder, 'case.json'));
    const at = bytes.indexOf(Buffer.from('\ufffd'));
    const broken = Buffer.concat([bytes.subarray(0, at), Buffer.of(0xff), bytes.subarray(at + 3)]);
    await writeFile(join(folder, 'bytes.json'), broken);
    expect(await verify('bytes.json')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('UTF-8') as unknown,
    });
  });

  it('refuses a text that says something twice, of which others may read the one that was not proven', async () => {
    const text = await readFile(join(folder, 'case.json'), 'utf8');
    const said = text.replace('"type":', '"type":"CaseInvented","\\u0074ype":');
    expect(JSON.parse(said)).toEqual(JSON.parse(text));
    await writeFile(join(folder, 'twice.json'), said);
    expect(await verify('twice.json')).toMatchObject({
      exit: 1,
      said: expect.stringMatching(/^NOT PROVEN\n[^]*a name that stands twice/) as unknown,
    });
  });

  it.each([5, null, '\ud800', ['a stream']])(
    'refuses a bundle of %j, which can be the name of no stream, without an event in it',
    async (stream) => {
      const made = await bundle('case.json');
      if (made.scope.kind !== 'stream') throw new Error('the bundle of a case is not one of a stream');
      const { index, bucketSize, bucketRoot, bucketPath } = made.scope.head;
      const head = { index, bucketSize, bucketRoot, bucketPath, neighbours: [] };
      const scope = { kind: 'stream', stream, head };
      await writeFile(join(folder, 'nameless.json'), JSON.stringify({ ...made, scope, events: [] }));
      expect(await verify('nameless.json')).toMatchObject({
        exit: 1,
        said: expect.stringMatching(/^NOT PROVEN\n/) as unknown,
      });
    },
  );

  it('refuses an earlier checkpoint that is repeated: each costs as much as the whole bundle', async () => {
    const made = await bundle('log.json');
    const earlier = Array.from({ length: 2_000 }, () => made.earlier[0]);
    await writeFile(join(folder, 'again.json'), JSON.stringify({ ...made, earlier }));
    expect(await verify('again.json')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('an earlier checkpoint twice') as unknown,
    });
  });

  it.each(['case.json', 'log.json', 'part.json'])(
    'finds in %s two checkpoints of one size that differ in what they say of the streams',
    async (name) => {
      expect(await verify(name, '--earlier', 'untold.txt')).toMatchObject({
        exit: 1,
        said: expect.stringContaining('signed two different checkpoints over 40 events') as unknown,
      });
    },
  );

  it.each([[['--lang', 'nl']], [['--lang=nl']]])('answers in Dutch when asked with %s', async (asked) => {
    expect((await verify('case.json', ...asked)).said).toMatch(/^BEWEZEN\n/);
  });

  it('answers in English about a bundle that is named nl', async () => {
    await copyFile(join(folder, 'case.json'), join(folder, 'nl'));
    expect((await verify('nl')).said).toMatch(/^PROVEN\n/);
  });

  it('takes no number of witnesses for a question that makes no sense', async () => {
    expect(await verify('case.json', '--witnesses=')).toMatchObject({ exit: 2 });
    expect(await verify('case.json', '--witnesses=0')).toMatchObject({ exit: 0 });
  });

  it('takes a cosignature from beyond any calendar for none', async () => {
    expect(await verify('late.json')).toMatchObject({
      exit: 1,
      said: expect.stringContaining('Only 0 of the 1 witnesses') as unknown,
    });
  });

  it('answers also when it is started through a link', async () => {
    await symlink(verifier, join(folder, 'link.mjs'));
    const started = ['--preserve-symlinks-main', 'link.mjs', 'case.json', '--log-key', keys.log];
    const { exit, said } = await run(started, folder);
    expect({ exit, said }).toMatchObject({ exit: 0, said: expect.stringMatching(/^PROVEN\n/) as unknown });
  });

  it('says of a bundle that is too large to be read that it is, in one line', async () => {
    const file = await open(join(folder, 'large.json'), 'w');
    await file.truncate(600_000_000);
    await file.close();
    const { exit, said } = await verify('large.json');
    expect(exit).toBe(2);
    expect(said.split('\n')[0]).toBe('large.json is too large: a bundle of more than 512 MB cannot be read');
  });
});
