#!/usr/bin/env node
// Checks an audit bundle of Spil without Spil: copy this file to any machine with Node 20 or newer. It needs no packages, no network
// and no service, and shares no code with the service. It is written from docs/operations/audit-bundle.md, RFC 6962 and C2SP
// signed-note, tlog-checkpoint and tlog-cosignature.
import { Buffer, constants } from 'node:buffer';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, TextDecoder } from 'node:util';

const words = {
  en: {
    usage: `usage: node verify-bundle.mjs BUNDLE --log-key KEY [--witness-key KEY]... [--witnesses NUMBER] [--earlier FILE] [--lang nl|en]
  BUNDLE         the audit bundle, a JSON file
  --log-key      public key of the log, <name>+<id>+<base64>; get it from somebody you trust, not with the bundle
  --witness-key  public key of a witness that you trust; may be given several times
  --witnesses    how many of these must have cosigned; all of them unless given
  --earlier      a checkpoint of the same log that you kept: shows that nothing before it was changed since
exit codes: 0 everything was proven, 1 something was not, 2 asked in a way that makes no sense`,
    verdicts: ['PROVEN', 'NOT PROVEN'],
    headings: ['What was proven:', 'What this cannot prove:', 'Because:'],
  },
  nl: {
    usage: `gebruik: node verify-bundle.mjs BUNDEL --log-key SLEUTEL [--witness-key SLEUTEL]... [--witnesses AANTAL] [--earlier BESTAND] [--lang nl|en]
  BUNDEL         de controlebundel, een JSON-bestand
  --log-key      openbare sleutel van het logboek, <naam>+<id>+<base64>; haal die bij iemand die u vertrouwt, niet bij de bundel
  --witness-key  openbare sleutel van een getuige die u vertrouwt; mag vaker
  --witnesses    hoeveel daarvan moeten hebben meegetekend; allemaal tenzij opgegeven
  --earlier      een eerder door u bewaard controlepunt van hetzelfde logboek: toont dat daarvoor niets is veranderd
eindcodes: 0 alles is bewezen, 1 iets niet, 2 de vraag klopt niet`,
    verdicts: ['BEWEZEN', 'NIET BEWEZEN'],
    headings: ['Wat is bewezen:', 'Wat dit niet kan bewijzen:', 'Want:'],
  },
};

/** Each finding is a code with its sentence, in English and in Dutch; parts in braces are filled in. */
const sentences = `
MALFORMED | The bundle does not have the form of an audit bundle: {what}. | De bundel heeft niet de vorm van een controlebundel: {what}.
OTHER_LOG | The checkpoint is of the log '{origin}', the key is of '{name}'. | Het controlepunt is van het logboek '{origin}', de sleutel van '{name}'.
NOT_SIGNED | The checkpoint over {size} events is not signed with the key of the log. | Het controlepunt over {size} gebeurtenissen is niet getekend met de sleutel van het logboek.
TOO_FEW_WITNESSES | Only {count} of the {needed} witnesses that you ask for cosigned the checkpoint. | Slechts {count} van de {needed} getuigen die u verlangt hebben het controlepunt meegetekend.
EVENT_NOT_IN_LOG | Event {revision} of {stream} is not in the log in this form, or not of this bundle: it was changed, or does not belong there. | Gebeurtenis {revision} van {stream} staat niet in deze vorm in het logboek, of niet in deze bundel: ze is veranderd of hoort er niet.
LOG_DIFFERS | The events are not those under the checkpoint: at least one was changed, left out, added or moved. | De gebeurtenissen zijn niet die onder het controlepunt: er is er minstens een veranderd, weggelaten, toegevoegd of verplaatst.
HOLE | {stream} goes from revision {before} to {revision}: events are missing, doubled or out of order. | {stream} gaat van revisie {before} naar {revision}: er ontbreken gebeurtenissen, of ze staan dubbel of in een andere volgorde.
END_NOT_PROVEN | These are not the events of {stream} that the log committed to: cut off, lengthened, or another version of them. | Dit zijn niet de gebeurtenissen van {stream} die het logboek heeft vastgelegd: afgekapt, verlengd of een andere versie ervan.
OTHER_VERSION | Under its checkpoint over {size} events the log committed to other events of {stream}: they were changed since. | Onder zijn controlepunt over {size} gebeurtenissen legde het logboek andere gebeurtenissen van {stream} vast: ze zijn sindsdien veranderd.
HEADS_DIFFER | What the log committed to about each stream under its checkpoint over {size} events is not what its events are. | Wat het logboek onder zijn controlepunt over {size} gebeurtenissen over elke stroom vastlegde is niet wat zijn gebeurtenissen zijn.
NOT_CONSISTENT | The checkpoint over {size} events did not grow out of the one over {earlier}: history was rewritten. | Het controlepunt over {size} gebeurtenissen is niet voortgekomen uit dat over {earlier}: de geschiedenis is herschreven.
TWO_CHECKPOINTS | The log signed two different checkpoints over {size} events: it tells different people different things. | Het logboek tekende twee verschillende controlepunten over {size} gebeurtenissen: het vertelt verschillende mensen iets anders.
NOT_LINKED | The bundle does not link your earlier checkpoint over {earlier} events; ask for one made with --earlier {earlier}. | De bundel legt geen verband met uw eerdere controlepunt over {earlier} gebeurtenissen; vraag er een die is gemaakt met --earlier {earlier}.
SHRUNK | You hold a checkpoint over {earlier} events, the bundle has one over only {size}. | U heeft een controlepunt over {earlier} gebeurtenissen, de bundel een over slechts {size}.
P_SIGNED | The log '{origin}' signed a checkpoint over its first {size} events. | Het logboek '{origin}' heeft een controlepunt getekend over zijn eerste {size} gebeurtenissen.
P_WITNESS | Witness {name} saw that checkpoint on {time}, and that it grew out of all it had seen before. | Getuige {name} zag dat controlepunt op {time}, en dat het voortkwam uit alles wat die eerder zag.
P_STREAM | These {count} events of {stream} are in the log, byte for byte as in the bundle, each in its place. | Deze {count} gebeurtenissen van {stream} staan in het logboek, byte voor byte als in de bundel, elk op haar plaats.
P_COMPLETE | No revision is missing: revisions 0 to {last} without a hole, and the log committed to {last} as the last. | Er ontbreekt geen revisie: revisies 0 tot en met {last} zonder gat, en het logboek heeft {last} als laatste vastgelegd.
P_LOG | The first {count} events of the log are these, byte for byte, all of them and in this order. | De eerste {count} gebeurtenissen van het logboek zijn deze, byte voor byte, allemaal en in deze volgorde.
P_EXACTLY | The log committed to exactly these events of {stream}, and so to no other version of them. | Het logboek heeft precies deze gebeurtenissen van {stream} vastgelegd, en dus geen andere versie ervan.
P_HEADS | The log told the truth about each of its {count} streams: none has another version of its events. | Het logboek sprak de waarheid over elk van zijn {count} stromen: van geen ervan is er een andere versie.
P_EARLIER | Nothing that was under your earlier checkpoint over {earlier} events was changed since. | Niets van wat onder uw eerdere controlepunt over {earlier} gebeurtenissen viel is sindsdien veranderd.
P_EARLIER_STREAM | Of {stream}, the log committed under it to exactly the first {count} of these events, as they are here. | Van {stream} legde het logboek daaronder precies de eerste {count} van deze gebeurtenissen vast, zoals ze hier staan.
P_EXISTED | The first {count} events of the bundle existed on {time} at the latest. | De eerste {count} gebeurtenissen van de bundel bestonden uiterlijk op {time}.
L_TRUE | that what people recorded is true, or that they recorded everything. | dat waar is wat mensen vastlegden, of dat zij alles vastlegden.
L_SEALED | what sealed (encrypted) fields say: it proves that the encrypted bytes are the original ones. | wat er in verzegelde (versleutelde) velden staat: het bewijst dat de versleutelde bytes de oorspronkelijke zijn.
L_LATER | anything about events after the checkpoint. | iets over gebeurtenissen na het controlepunt.
L_TYPES | that the descriptions of the event types are right; they are there to help reading. | dat de beschrijvingen van de soorten gebeurtenissen kloppen; zij helpen bij het lezen.
L_END | that the log, when it signed, told the truth about this stream, so that it holds no other version of it; a bundle of the whole log proves that. | dat het logboek bij het tekenen de waarheid sprak over deze stroom, en er dus geen andere versie van heeft; een bundel van het hele logboek bewijst dat.
L_COUNT | which version of its events an older checkpoint (heads/v1) committed to: it only counted them. | welke versie van de gebeurtenissen een ouder controlepunt (heads/v1) vastlegde: dat telde ze alleen.
L_VIEWS | that others were shown the same history: no witness was asked for. | dat anderen dezelfde geschiedenis te zien kregen: er is geen getuige verlangd.
L_EARLIER | that nothing was rewritten before a witness first saw it; keep checkpoints of your own and give them with --earlier. | dat er niets is herschreven voordat een getuige het zag; bewaar zelf controlepunten en geef ze mee met --earlier.
L_BEFORE | that checkpoints before this one committed to the same events, but for those in the bundle; keep your own and give them with --earlier. | dat eerdere controlepunten dezelfde gebeurtenissen vastlegden, behalve die in de bundel; bewaar er zelf en geef ze mee met --earlier.
`;

/** A sentence in a language, 'en' or 'nl'. */
export function say({ code, ...values }, lang) {
  const [english, dutch] = sentences.split(`\n${code} | `)[1].split('\n')[0].split(' | ');
  const filled = (_, name) => String(values[name]).replace(/\p{Cc}/gu, '?');
  return (lang === 'nl' ? dutch : english).replace(/\{(\w+)\}/g, filled);
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hashOfLeaf = (bytes) => sha256(Buffer.of(0), bytes);
const hashOfPair = (left, right) => sha256(Buffer.of(1), left, right);

/** Parts after their lengths, each length in four bytes. */
const framed = (...parts) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)).flatMap((bytes) => [lengthOf(bytes), bytes]));
const lengthOf = ({ length }) => Buffer.from(length.toString(16).padStart(8, '0'), 'hex');

/** Root over the hashes of leaves: pairs are joined level by level, and a last one without a partner goes up as it is. */
function rootOf(leaves) {
  if (leaves.length === 0) return sha256();
  const joined = (level) =>
    level.flatMap((hash, at) => (at % 2 ? [] : [level[at + 1] ? hashOfPair(hash, level[at + 1]) : hash]));
  let level = leaves;
  while (level.length > 1) level = joined(level);
  return level[0];
}

/** The root that a leaf and its path come to; undefined when the path does not fit the tree. */
function rootByPath(leaf, index, size, path) {
  if (index >= size) return undefined;
  let [hash, used] = [leaf, 0];
  // On each level a node has a partner, unless it is the last of an odd number.
  for (let at = index, count = size; count > 1; at = Math.floor(at / 2), count = Math.ceil(count / 2)) {
    if (at === count - 1 && at % 2 === 0) continue;
    if (used === path.length) return undefined;
    const partner = path[used++];
    hash = at % 2 === 0 ? hashOfPair(hash, partner) : hashOfPair(partner, hash);
  }
  return used === path.length ? hash : undefined;
}

/** Whether a tree of `to` leaves begins with one of `from`: the recursion of RFC 6962, 2.1.2, giving both roots at once. */
function growsOutOf(from, fromRoot, to, toRoot, proof) {
  if (from > to) return false;
  if (from === 0) return proof.length === 0 && fromRoot.equals(rootOf([]));
  const rest = [...proof];
  const roots = (older, newer, whole) => {
    if (older === newer) {
      const hash = whole ? fromRoot : rest.pop();
      return hash && [hash, hash];
    }
    let left = 1;
    while (left * 2 < newer) left *= 2;
    const other = rest.pop();
    if (other === undefined) return undefined;
    const inner = older <= left ? roots(older, left, whole) : roots(older - left, newer - left, false);
    if (inner === undefined) return undefined;
    return older <= left
      ? [inner[0], hashOfPair(inner[1], other)]
      : [hashOfPair(other, inner[0]), hashOfPair(other, inner[1])];
  };
  const [older, newer] = roots(from, to, true) ?? [];
  return rest.length === 0 && older?.equals(fromRoot) && newer?.equals(toRoot);
}

const wrong = (code, values) => Object.assign(new Error(code), { finding: { code, ...values } });
function must(holds, what) {
  if (!holds) throw wrong('MALFORMED', { what });
}

/** A text that is the same in UTF-8: half a character would come out as another one. */
const wellFormed = (text, what) => (must(typeof text === 'string' && text.isWellFormed(), what), text);

function base64(text, length) {
  const bytes = Buffer.from(typeof text === 'string' ? text : '', 'base64');
  must(bytes.toString('base64') === text && bytes.length === (length ?? bytes.length), 'base64');
  return bytes;
}

/** A public key from its text; `type` 1 signs checkpoints, 4 cosigns them. */
export function readKey(text, type) {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text.trim()) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (bytes.length !== 33 || bytes[0] !== type)
    throw new Error(`not a public key of the right kind: ${text}`);
  const named = sha256(`${name}\n`, bytes).subarray(0, 4);
  if (named.toString('hex') !== id) throw new Error(`the id of this public key does not fit it: ${text}`);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, id: named, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

function readCheckpoint(text) {
  const end = wellFormed(text, 'a checkpoint').lastIndexOf('\n\n');
  must(text.endsWith('\n') && end > 0, 'a checkpoint');
  const lines = text.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = base64(encoded);
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
  });
  const body = text.slice(0, end + 1);
  const [origin, size, root, heads, ...more] = body.slice(0, -1).split('\n');
  const [, version, headsText] = /^heads\/v([12]) (\S+)$/.exec(heads ?? '') ?? [];
  must(/^(0|[1-9]\d{0,14})$/.test(size ?? '') && more.length === 0, 'a checkpoint');
  const state = { origin, size: Number(size), root: base64(root, 32), heads: base64(headsText, 32) };
  return { ...state, version: Number(version), body, signatures };
}

const by = ({ signatures }, key) =>
  signatures.filter(({ name, id }) => name === key.name && id.equals(key.id));

function checkLogSignature(checkpoint, logKey) {
  if (checkpoint.origin !== logKey.name)
    throw wrong('OTHER_LOG', { origin: checkpoint.origin, name: logKey.name });
  const own = by(checkpoint, logKey);
  const signed = Buffer.from(checkpoint.body);
  if (own.length === 0 || !own.every(({ bytes }) => verify(null, signed, logKey.key, bytes)))
    throw wrong('NOT_SIGNED', { size: checkpoint.size });
}

/** The trusted witnesses that cosigned, each with its time; one beyond the year 9999 is none. */
function witnessesOf(checkpoint, keys) {
  return keys.flatMap((witness) => {
    const times = by(checkpoint, witness).map(({ bytes }) => {
      if (bytes.length !== 72) return undefined;
      const seconds = bytes.readBigUInt64BE();
      const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpoint.body}`);
      const holds = seconds < 253402300800n && verify(null, message, witness.key, bytes.subarray(8));
      return holds ? Number(seconds) : undefined;
    });
    return times.length > 0 && !times.includes(undefined)
      ? [{ name: witness.name, time: Math.min(...times) }]
      : [];
  });
}

/** Takes exactly these properties, the ones with a question mark where they are there. */
function properties(value, what, names) {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), what);
  const named = names.split(' ');
  for (const name of Object.keys(value))
    must(named.includes(name) || named.includes(`${name}?`), `${what} (${name})`);
  for (const name of named) must(name.endsWith('?') || Object.hasOwn(value, name), `${what} (no ${name})`);
  return value;
}
const list = (value, what) => (must(Array.isArray(value), what), value);
const count = (value, what) => (must(Number.isSafeInteger(value) && value >= 0, what), value);
function revision(value) {
  must(typeof value === 'string' && /^(0|[1-9]\d{0,18})$/.test(value), 'a revision');
  return BigInt(value);
}
const hashes = (value) => list(value, 'a proof').map((text) => base64(text, 32));

function readEvent(value, ofStream) {
  const names = `index stream revision eventId type data metadata${ofStream ? ' inclusion' : ''}`;
  const event = properties(value, 'an event', names);
  const { stream, eventId, type } = event;
  must(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(eventId), 'an event id');
  const at = revision(event.revision);
  const stored = (part) =>
    typeof part === 'string'
      ? wellFormed(part, 'a text')
      : base64(properties(part, 'bytes', 'base64').base64);
  const texts = [wellFormed(stream, 'a stream'), at.toString(), eventId, wellFormed(type, 'a type')];
  const parts = [...texts, stored(event.data), stored(event.metadata)];
  const leaf = hashOfLeaf(framed('spil-event/1', ...parts));
  const inclusion = hashes(event.inclusion ?? []);
  return { index: count(event.index, 'an index'), stream, revision: at, leaf, inclusion };
}

/** Over which events a stream has: each event hashed onto those before it. */
const chainOf = (events) =>
  events.reduce((chain, { leaf }) => sha256(framed('spil-chain/1', chain, leaf)), Buffer.alloc(0));
/** The leaf of a stream in the commitment to all of them; version 1 only counts its events. */
const headLeaf = (version, stream, events) =>
  version === 1
    ? hashOfLeaf(framed('spil-head/1', stream, String(events.length - 1)))
    : hashOfLeaf(framed('spil-head/2', sha256(stream), chainOf(events)));
const bucketLeaf = (size, root) => hashOfLeaf(framed('spil-bucket/1', String(size), root));
const bucketCount = 4096;
const bucketOf = (stream) => sha256(stream).readUInt16BE() >> 4;

/** The commitment to all streams. @param streams the events of each, by its name */
function headsOf(version, streams) {
  const buckets = Array.from({ length: bucketCount }, () => []);
  for (const [stream, events] of streams)
    buckets[bucketOf(stream)].push([
      version === 1 ? Buffer.from(stream) : sha256(stream),
      headLeaf(version, stream, events),
    ]);
  const leaves = buckets.map((heads) => {
    const ordered = heads.sort(([a], [b]) => Buffer.compare(a, b)).map(([, leaf]) => leaf);
    return bucketLeaf(ordered.length, rootOf(ordered));
  });
  return rootOf(leaves);
}

/** Whether a checkpoint commits to exactly these events of a stream; without any, to none, which its neighbours then show. */
function commitsTo({ heads, version }, stream, events, value) {
  const absent = Array.isArray(value?.neighbours);
  const names = `index bucketSize bucketRoot bucketPath ${absent ? 'neighbours' : 'revision path'}`;
  const head = properties(value, 'a head', names);
  const [index, size] = [count(head.index, 'a head'), count(head.bucketSize, 'a head')];
  const root = base64(head.bucketRoot, 32);
  const holds = (leaf, at, path) => rootByPath(leaf, at, size, hashes(path))?.equals(root) ?? false;
  const all = rootByPath(bucketLeaf(size, root), bucketOf(stream), bucketCount, hashes(head.bucketPath));
  if (!all?.equals(heads) || absent !== (events.length === 0)) return false;
  if (!absent)
    return (
      revision(head.revision) === BigInt(events.length - 1) &&
      holds(headLeaf(version, stream, events), index, head.path)
    );
  const places = [index - 1, index].filter((at) => at >= 0 && at < size);
  const stands = (neighbour, at) => {
    const { name, chain, path } = properties(neighbour, 'a neighbour', 'name chain path');
    const leaf = hashOfLeaf(framed('spil-head/2', base64(name, 32), base64(chain, 32)));
    const order = Buffer.compare(base64(name, 32), sha256(stream));
    return order === (at < index ? -1 : 1) && holds(leaf, at, path);
  };
  // Version 1 has no neighbours without their names.
  if (version === 1 || index > size || head.neighbours.length !== places.length) return false;
  return places.every((at, one) => stands(head.neighbours[one], at));
}

/** Revisions count from 0 without a hole, in the order of the log. @returns the events of every stream */
function checkStreams(events) {
  const streams = new Map();
  let before = -1;
  for (const event of events) {
    const { stream, revision: at, index } = event;
    if (!streams.has(stream)) streams.set(stream, []);
    const own = streams.get(stream);
    if (at !== BigInt(own.length) || index <= before)
      throw wrong('HOLE', { stream, before: own.length - 1, revision: at });
    own.push(event);
    before = index;
  }
  return streams;
}

function checkStreamBundle(scope, events, checkpoint) {
  const { stream } = scope;
  for (const event of events) {
    const root = rootByPath(event.leaf, event.index, checkpoint.size, event.inclusion);
    if (event.stream !== stream || !root?.equals(checkpoint.root)) throw wrong('EVENT_NOT_IN_LOG', event);
  }
  checkStreams(events);
  if (!commitsTo(checkpoint, stream, events, scope.head)) throw wrong('END_NOT_PROVEN', { stream });
  return [
    { code: 'P_STREAM', count: events.length, stream },
    { code: 'P_COMPLETE', last: events.length - 1 },
    ...(checkpoint.version === 1 ? [] : [{ code: 'P_EXACTLY', stream }]),
  ];
}

function checkLogBundle(scope, events, checkpoint, earlier) {
  const size = count(scope.size, 'the size');
  if (events.length !== size || events.some(({ index }, at) => index !== at) || size > checkpoint.size)
    throw wrong('LOG_DIFFERS');
  const root = rootOf(events.map(({ leaf }) => leaf));
  const link = size === checkpoint.size ? [] : earlier.find((one) => one.size === size)?.consistency;
  if (link === undefined || !growsOutOf(size, root, checkpoint.size, checkpoint.root, link))
    throw wrong('LOG_DIFFERS');
  const streams = checkStreams(events);
  const proven = [{ code: 'P_LOG', count: size }];
  if (size < checkpoint.size) return proven;
  if (!headsOf(checkpoint.version, streams).equals(checkpoint.heads)) throw wrong('HEADS_DIFFER', { size });
  return [...proven, { code: 'P_HEADS', count: streams.size }];
}

/** Adds a checkpoint to those that the log signed; of each size there is one. */
function noted(note, notes, logKey) {
  checkLogSignature(note, logKey);
  const other = notes.find(({ size }) => size === note.size) ?? note;
  if (other.body !== note.body) throw wrong('TWO_CHECKPOINTS', note);
  notes.push(note);
  return note;
}

/** What was signed earlier must have grown into the checkpoint, with the same events of the stream, or of every stream. */
function checkEarlier(note, { head, consistency }, checkpoint, events, scope) {
  const { size } = note;
  const under = events.filter(({ index }) => index < size);
  const whole = scope.kind === 'log' && size <= events.length;
  const values = { earlier: size, size: checkpoint.size };
  if (size > checkpoint.size) throw wrong('SHRUNK', values);
  if ((consistency === undefined && !whole) || (scope.kind === 'stream' && head === undefined))
    throw wrong('NOT_LINKED', values);
  const grown = consistency
    ? growsOutOf(size, note.root, checkpoint.size, checkpoint.root, consistency)
    : rootOf(under.map(({ leaf }) => leaf)).equals(note.root);
  if (!grown) throw wrong('NOT_CONSISTENT', values);
  if (whole && !headsOf(note.version, checkStreams(under)).equals(note.heads))
    throw wrong('HEADS_DIFFER', { size });
  if (scope.kind === 'stream' && !commitsTo(note, scope.stream, under, head))
    throw wrong('OTHER_VERSION', { stream: scope.stream, size });
  return under.length;
}

const when = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/**
 * Checks a parsed bundle against what the auditor trusts: `logKey` and `witnessKeys` from `readKey`, the number of `witnesses` that
 * must have cosigned, and the text of a checkpoint of the auditor's own (`earlier`), if any. Answers `{ problem }`, or what was
 * proven and what cannot be: findings for `say`.
 */
export function verifyBundle(
  value,
  { logKey, witnessKeys = [], witnesses = witnessKeys.length, earlier: keptText },
) {
  try {
    const bundle = properties(value, 'the bundle', 'format scope checkpoint earlier events eventTypes');
    must(bundle.format === 'spil-audit-bundle/2', 'format');
    const ofStream = bundle.scope?.kind === 'stream';
    const scope = properties(bundle.scope, 'the scope', ofStream ? 'kind stream head' : 'kind size');
    must(ofStream ? wellFormed(scope.stream, 'a stream') : scope.kind === 'log', 'the scope');
    const checkpoint = readCheckpoint(bundle.checkpoint);
    checkLogSignature(checkpoint, logKey);
    const seenBy = witnessesOf(checkpoint, witnessKeys);
    if (seenBy.length < witnesses)
      throw wrong('TOO_FEW_WITNESSES', { count: seenBy.length, needed: witnesses });
    const proven = [
      { code: 'P_SIGNED', origin: checkpoint.origin, size: checkpoint.size },
      ...seenBy.map(({ name, time }) => ({ code: 'P_WITNESS', name, time: when(time) })),
    ];
    const earlier = list(bundle.earlier, 'earlier').map((one) => {
      const names = `size checkpoint? consistency${ofStream ? ' head?' : ''}`;
      const { size, checkpoint: text, consistency, head } = properties(one, 'an earlier checkpoint', names);
      const note = text === undefined ? undefined : readCheckpoint(text);
      must(note === undefined || note.size === size, 'an earlier checkpoint');
      return { size: count(size, 'earlier'), note, consistency: hashes(consistency), head };
    });
    must(new Set(earlier.map(({ size }) => size)).size === earlier.length, 'an earlier checkpoint twice');
    const events = list(bundle.events, 'the events').map((event) => readEvent(event, ofStream));
    proven.push(
      ...(ofStream
        ? checkStreamBundle(scope, events, checkpoint)
        : checkLogBundle(scope, events, checkpoint, earlier)),
    );
    const notes = [checkpoint];
    for (const entry of earlier.filter((one) => one.note !== undefined)) {
      const covered = checkEarlier(noted(entry.note, notes, logKey), entry, checkpoint, events, scope);
      const times = witnessesOf(entry.note, witnessKeys).map(({ time }) => time);
      if (times.length > 0 && times.length >= witnesses && covered > 0)
        proven.push({ code: 'P_EXISTED', count: covered, time: when(Math.min(...times)) });
    }
    if (keptText !== undefined) {
      const kept = noted(readCheckpoint(keptText), notes, logKey);
      const same = { size: checkpoint.size, consistency: [], head: scope.head };
      const entry = [same, ...earlier].find(({ size }) => size === kept.size) ?? {};
      const covered = checkEarlier(kept, entry, checkpoint, events, scope);
      proven.push({ code: 'P_EARLIER', earlier: kept.size });
      if (ofStream && kept.version === 2)
        proven.push({ code: 'P_EARLIER_STREAM', count: covered, stream: scope.stream });
    }
    const limits = ['L_TRUE', 'L_SEALED', 'L_LATER', 'L_TYPES', ...(ofStream ? ['L_END'] : [])];
    if (ofStream && notes.some(({ version }) => version === 1)) limits.push('L_COUNT');
    if (seenBy.length === 0) limits.push('L_VIEWS');
    if (keptText === undefined) limits.push(ofStream ? 'L_BEFORE' : 'L_EARLIER');
    return { proven, limits: limits.map((code) => ({ code })) };
  } catch (error) {
    if (!error.finding) throw error;
    return { problem: error.finding };
  }
}

/** Checks the bytes of a bundle. Of a name that stands twice in an object, others may read the value that is not checked here. */
function verifyText(bytes, trust) {
  let bundle;
  let names = -1;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    bundle = JSON.parse(text, function (_name, value) {
      if (!Array.isArray(this)) names += 1;
      return value;
    });
    for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/g)) names -= colon.length;
  } catch (error) {
    return { problem: { code: 'MALFORMED', what: `no JSON in UTF-8 (${error.message})` } };
  }
  if (names !== 0) return { problem: { code: 'MALFORMED', what: 'a name that stands twice in an object' } };
  return verifyBundle(bundle, trust);
}

function readArguments(args) {
  const [text, several] = [{ type: 'string' }, { type: 'string', multiple: true }];
  const options = { 'log-key': text, 'witness-key': several, witnesses: text, earlier: text, lang: text };
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const witnessKeys = (values['witness-key'] ?? []).map((key) => readKey(key, 4));
  const witnesses = Number(values.witnesses ?? witnessKeys.length);
  const different = new Set(witnessKeys.map(({ key }) => key.export({ format: 'jwk' }).x)).size;
  if (positionals.length !== 1) throw new Error('name one bundle');
  if (values['log-key'] === undefined) throw new Error('--log-key is missing');
  if (different !== witnessKeys.length) throw new Error('two witnesses have the same key');
  if (!['en', 'nl', undefined].includes(values.lang)) throw new Error('--lang is nl or en');
  if (!/^\d+$/.test(values.witnesses ?? '0') || witnesses > witnessKeys.length)
    throw new Error('--witnesses is a number, not larger than that of the keys');
  const earlier = values.earlier === undefined ? undefined : readFileSync(values.earlier, 'utf8');
  const [file] = positionals;
  if (statSync(file).size > constants.MAX_STRING_LENGTH)
    throw new Error(`${file} is too large: a bundle of more than 512 MB cannot be read`);
  const bundle = readFileSync(file);
  return { bundle, logKey: readKey(values['log-key'], 1), witnessKeys, witnesses, earlier };
}

function main(args) {
  const dutch = args.some((arg, at) => arg === '--lang=nl' || (arg === 'nl' && args[at - 1] === '--lang'));
  const lang = dutch ? 'nl' : 'en';
  const { usage, verdicts, headings } = words[lang];
  let options;
  try {
    options = readArguments(args);
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
  const { problem, proven, limits } = verifyText(options.bundle, options);
  const told = (heading, findings) => [heading, ...findings.map((finding) => `  - ${say(finding, lang)}`)];
  const lines = problem
    ? [verdicts[1], ...told(headings[2], [problem])]
    : [verdicts[0], ...told(headings[0], proven), ...told(headings[1], limits)];
  console.log(lines.join('\n'));
  return problem ? 1 : 0;
}

const [, started = ''] = process.argv;
if (existsSync(started) && realpathSync(started) === realpathSync(fileURLToPath(import.meta.url)))
  process.exitCode = main(process.argv.slice(2));
