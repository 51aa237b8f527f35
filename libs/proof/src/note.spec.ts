import fc from 'fast-check';
import { checkpointBody, parseSpilTreeHead, parseTreeHead } from './checkpoint.js';
import { cosign, cosignedAt } from './cosignature.js';
import { leafHash } from './hash.js';
import {
  formatNote,
  formatVerifierKey,
  isSignedBy,
  newKeyFile,
  parseKeyFile,
  parseNote,
  parseVerifierKey,
  signatureTypes,
  signNote,
} from './note.js';

const logKey = parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note);
const witnessKey = parseKeyFile(newKeyFile('witness.example/w1'), signatureTypes.cosignature);
const root = leafHash(Buffer.from('root'));
const heads = leafHash(Buffer.from('heads'));
const body = checkpointBody({ origin: 'log.example/spil', size: 3, root, heads, headsVersion: 2 });

describe('a signed note', () => {
  it('of another implementation is read and checked', () => {
    const note = parseNote(
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
    );
    const key = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(isSignedBy(note, key)).toBe(true);
    expect(isSignedBy({ ...note, body: note.body.replace('answer', 'Answer') }, key)).toBe(false);
  });

  it('survives being written and read, and holds for the key that signed it only', () => {
    const note = parseNote(formatNote({ body, signatures: [signNote(body, logKey)] }));
    expect(isSignedBy(note, logKey)).toBe(true);
    expect(isSignedBy(note, parseVerifierKey(formatVerifierKey(logKey)))).toBe(true);
    const stranger = parseKeyFile(newKeyFile('log.example/spil'), signatureTypes.note);
    expect(isSignedBy(note, stranger)).toBe(false);
  });

  it('does not hold when one of two lines of the key is forged', () => {
    const good = signNote(body, logKey);
    const forged = { ...good, signature: Buffer.alloc(64, 1) };
    expect(isSignedBy({ body, signatures: [good, forged] }, logKey)).toBe(false);
  });

  it.each([
    ['no signature', 'text\n'],
    ['no text', '\n\n— a AAAAAAA=\n'],
    ['a signature line that is none', 'text\n\n- a AAAAAAAA\n'],
    ['a control character', 'te\u0007xt\n\n— a AAAAAAAA\n'],
    ['sloppy base64', 'text\n\n— a AAAAAAB=\n'],
    ['no last newline', 'text\n\n— a AAAAAAAA'],
  ])('is refused with %s', (_, text) => {
    expect(() => parseNote(text)).toThrow(expect.objectContaining({ name: 'MalformedNote' }) as Error);
  });

  it('of any text is read or refused, and never breaks the reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseNote(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'MalformedNote' });
        }
      }),
    );
  });
});

describe('a key', () => {
  it('is refused when its id does not fit', () => {
    const text = formatVerifierKey(logKey).replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    expect(() => parseVerifierKey(text)).toThrow('does not fit its id');
  });

  it.each([
    ['a name with a plus', () => newKeyFile('a+b')],
    ['a file that is no JSON', () => parseKeyFile('seed', signatureTypes.note)],
    ['a seed that is too short', () => parseKeyFile('{"name":"a","seed":"AAAA"}', signatureTypes.note)],
    ['a public key of another kind', () => parseVerifierKey('a+00000000+AgAA')],
  ])('is refused: %s', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ name: 'MalformedNote' }) as Error);
  });

  it('says nothing secret when it is refused', () => {
    expect(() => parseKeyFile('{"name":"a","seed":"c2VjcmV0"}', signatureTypes.note)).not.toThrow(/c2VjcmV0/);
  });
});

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    const head = { origin: 'log.example/spil', size: 3, root, heads, headsVersion: 2 };
    expect(parseSpilTreeHead(body)).toEqual(head);
  });

  it('that was signed before the events of each stream were named is read as of that form', () => {
    expect(parseSpilTreeHead(body.replace('heads/v2', 'heads/v1'))).toMatchObject({ headsVersion: 1 });
    expect(() => parseSpilTreeHead(body.replace('heads/v2', 'heads/v3'))).toThrow('does not name the heads');
  });

  it('of another log is read with extension lines of its own', () => {
    const other = `example.com/behind-the-sofa\n20852163\n${root.toString('base64')}\nsomething else\n`;
    expect(parseTreeHead(other)).toEqual({ origin: 'example.com/behind-the-sofa', size: 20_852_163, root });
    expect(() => parseSpilTreeHead(other)).toThrow('does not name the heads');
  });

  it.each([
    ['a size with a leading zero', `o\n03\n${root.toString('base64')}\n`],
    ['a size beyond counting', `o\n99999999999999999\n${root.toString('base64')}\n`],
    ['a root that is too short', 'o\n3\nAAAA\n'],
    ['an empty extension line', `o\n3\n${root.toString('base64')}\n\nx\n`],
  ])('is refused with %s', (_, text) => {
    expect(() => parseTreeHead(text)).toThrow('no checkpoint');
  });
});

describe('a cosignature', () => {
  const note = { body, signatures: [signNote(body, logKey), cosign(body, witnessKey, 1_700_000_000)] };

  it('says when the witness saw the checkpoint', () => {
    expect(cosignedAt(parseNote(formatNote(note)), witnessKey)).toBe(1_700_000_000);
  });

  it('of the published example is checked to the second', () => {
    const example = parseNote(
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
    );
    expect(example.signatures[0]?.signature.readBigUInt64BE()).toBe(1_679_315_147n);
  });

  it('does not hold for another body, another time or another witness', () => {
    expect(cosignedAt({ ...note, body: body.replace('3', '4') }, witnessKey)).toBeUndefined();
    const [log, witness] = note.signatures;
    const later = Buffer.from(witness?.signature ?? []);
    later.writeUInt8((later[7] ?? 0) ^ 1, 7);
    expect(
      cosignedAt(
        { body, signatures: [log, { ...witness, signature: later }] as typeof note.signatures },
        witnessKey,
      ),
    ).toBeUndefined();
    const other = parseKeyFile(newKeyFile('witness.example/w1'), signatureTypes.cosignature);
    expect(cosignedAt(note, other)).toBeUndefined();
  });
});
