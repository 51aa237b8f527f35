import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  append,
  checkpointBody,
  consistencyRanges,
  cosignedAt,
  emptyTree,
  formatNote,
  frontierAt,
  hashOf,
  leafHash,
  newKeyFile,
  nodeSource,
  parseKeyFile,
  parseNote,
  parseVerifierKey,
  rootOf,
  signatureTypes,
  signNote,
  type Hash,
} from '@spil/proof';
import { FolderInUse, startWitness, type RunningWitness } from './start-witness.js';

const logKey = parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note);
const stranger = parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note);
const leaves = (count: number, name = 'leaf'): Hash[] =>
  Array.from({ length: count }, (_, at) => leafHash(Buffer.from(`${name} ${at}`)));
const sourceOf = (all: readonly Hash[]) => nodeSource(append(emptyTree, all).nodes);

/** A checkpoint over the first leaves, signed. */
const checkpoint = (
  all: readonly Hash[],
  size: number,
  key = logKey,
  origin = key.name,
  heads = leafHash(Buffer.of()),
): string => {
  const root = rootOf(frontierAt(size, sourceOf(all)));
  const body = checkpointBody({ origin, size, root, heads, headsVersion: 2 });
  return formatNote({ body, signatures: [signNote(body, key)] });
};
const request = (all: readonly Hash[], from: number, to: number, note = checkpoint(all, to)): string => {
  const proof = consistencyRanges(from, to).map((range) => hashOf(range, sourceOf(all)).toString('base64'));
  return [`old ${from}`, ...proof, '', note].join('\n');
};

describe('a witness', () => {
  let folder: string;
  let witness: RunningWitness;
  const start = (): Promise<RunningWitness> =>
    startWitness({ folder, name: 'witness.example/w', logs: [logKey], host: '127.0.0.1', port: 0 });
  const post = async (body: string): Promise<{ status: number; type: string | null; body: string }> => {
    const response = await fetch(`http://127.0.0.1:${witness.port}/add-checkpoint`, { method: 'POST', body });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.text(),
    };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spil-witness-'));
    witness = await start();
  });
  afterEach(async () => {
    await witness.stop();
    await rm(folder, { recursive: true });
  });

  it('cosigns the first checkpoint that it sees, and each that grew out of the last', async () => {
    const all = leaves(20);
    for (const [from, to] of [
      [0, 5],
      [5, 5],
      [5, 6],
      [6, 20],
    ] as const) {
      const answer = await post(request(all, from, to));
      expect(answer.status).toBe(200);
      const note = parseNote(`${checkpoint(all, to)}${answer.body}`);
      expect(cosignedAt(note, parseVerifierKey(witness.publicKey))).toBeGreaterThan(1_700_000_000);
    }
  });

  it('demands a proof: a rewritten history is refused, and the last checkpoint stays', async () => {
    const all = leaves(20);
    await post(request(all, 0, 8));
    const rewritten = [...leaves(1, 'other'), ...all.slice(1)];
    expect((await post(request(rewritten, 8, 20))).status).toBe(422);
    expect((await post(request(all, 8, 20))).status).toBe(200);
  });

  it('refuses another tree of the same size', async () => {
    await post(request(leaves(8), 0, 8));
    const answer = await post(request(leaves(8, 'other'), 8, 8));
    expect(answer).toMatchObject({ status: 409, body: 'another tree of this size was cosigned\n' });
  });

  it('refuses another checkpoint over the same tree, which says something else of the streams', async () => {
    const all = leaves(8);
    await post(request(all, 0, 8));
    const other = checkpoint(all, 8, logKey, logKey.name, leafHash(Buffer.from('of other streams')));
    expect(await post(request(all, 8, 8, other))).toMatchObject({
      status: 409,
      body: 'another checkpoint over this tree was cosigned\n',
    });
    expect((await post(request(all, 8, 8))).status).toBe(200);
  });

  it('says what it saw last to whoever does not know', async () => {
    const all = leaves(20);
    await post(request(all, 0, 8));
    const conflict = { status: 409, type: 'text/x.tlog.size', body: '8\n' };
    expect(await post(request(all, 0, 20))).toEqual(conflict);
    expect(await post(request(all, 4, 6))).toEqual(conflict);
  });

  it('remembers across a restart', async () => {
    const all = leaves(20);
    await post(request(all, 0, 8));
    const { publicKey } = witness;
    await witness.stop();
    witness = await start();
    expect(witness.publicKey).toBe(publicKey);
    expect(await post(request(leaves(20, 'other'), 0, 20))).toMatchObject({ status: 409, body: '8\n' });
    expect((await post(request(all, 8, 20))).status).toBe(200);
  });

  it('cosigns one of two histories that are handed in at once', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => post(request(leaves(8, name), 0, 8))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it.each([
    [
      'a log that it does not know',
      404,
      request(leaves(3), 0, 3, checkpoint(leaves(3), 3, logKey, 'other.example')),
    ],
    ['a key that is not the log’s', 403, request(leaves(3), 0, 3, checkpoint(leaves(3), 3, stranger))],
    ['an old size beyond the new one', 400, `old 9\n\n${checkpoint(leaves(3), 3)}`],
    [
      'a proof where none belongs',
      422,
      `old 0\n${leafHash(Buffer.of()).toString('base64')}\n\n${checkpoint(leaves(3), 3)}`,
    ],
    ['no old size', 400, checkpoint(leaves(3), 3)],
    [
      'too many hashes',
      400,
      `old 0\n${`${leafHash(Buffer.of()).toString('base64')}\n`.repeat(64)}\n${checkpoint(leaves(3), 3)}`,
    ],
    ['no note', 400, 'old 0\n\nhello\n'],
    ['a body beyond all measure', 413, 'x'.repeat(70_000)],
  ])('refuses %s with %i', async (_, status, body) => {
    expect((await post(body)).status).toBe(status);
  });

  it('shares its folder with no other witness, and keeps its key to itself', async () => {
    expect((await stat(join(folder, 'key.json'))).mode & 0o777).toBe(0o600);
    const taken = await mkdtemp(join(tmpdir(), 'spil-witness-'));
    await writeFile(join(taken, 'process.pid'), String(process.ppid));
    const second = startWitness({ folder: taken, name: 'w', logs: [], host: '127.0.0.1', port: 0 });
    await expect(second).rejects.toThrow(FolderInUse);
    await rm(taken, { recursive: true });
  });
});
