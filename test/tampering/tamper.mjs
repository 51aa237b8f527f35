// Ways to forge a history. Each gets a story (a log, keys, an honest bundle) and gives a forged bundle, or undefined where it has
// nothing to forge. The forger has the events, and in the later ones the key of the log; never a witness's.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  eventLeafHash,
  extendChain,
  newKeyFile,
  parseKeyFile,
  signatureTypes,
} from '../../dist/libs/proof/src/index.js';
import { checkpointOver, logBundle, streamBundle, treeOf } from './histories.mjs';

const copy = (bundle) => JSON.parse(JSON.stringify(bundle));
const pick = (random, list) => list[random(list.length)];

/** Changes one character of a text to another of its kind, so that it still looks right. */
function changedText(random, text) {
  const at = random(text.length);
  const old = text[at];
  const kind = /[0-9]/.test(old) ? '0123456789' : /[a-f]/.test(old) ? 'abcdef' : 'ghijklmnopqrstuvwxyz';
  const others = [...kind].filter((one) => one !== old);
  return text.slice(0, at) + pick(random, others) + text.slice(at + 1);
}

/** Rewrites a log before its tree is made: what somebody does who has the database. */
const rewritings = {
  change: (random, log) => {
    const at = random(log.length);
    const data = Buffer.from(changedText(random, log[at].data.toString()));
    return log.map((event, index) => (index === at ? { ...event, data } : event));
  },
  drop: (random, log) => {
    const at = random(log.length);
    const { stream } = log[at];
    const rest = log.filter((_, index) => index !== at);
    let next = 0n;
    return rest.map((event) => (event.stream === stream ? { ...event, revision: next++ } : event));
  },
  insert: (random, log) => {
    const at = random(log.length);
    const { stream } = log[at];
    const forged = {
      ...log[at],
      eventId: changedText(random, log[at].eventId.replaceAll('-', 'a')).slice(0, 36),
    };
    forged.eventId = `${log[at].eventId.slice(0, -1)}${log[at].eventId.endsWith('0') ? '1' : '0'}`;
    let next = 0n;
    return [...log.slice(0, at), forged, ...log.slice(at)].map((event) =>
      event.stream === stream ? { ...event, revision: next++ } : event,
    );
  },
  reorder: (random, log) => {
    if (log.length < 2) return undefined;
    const at = random(log.length - 1);
    const [first, second] = [log[at], log[at + 1]];
    const swapped =
      first.stream === second.stream
        ? [
            { ...second, revision: first.revision },
            { ...first, revision: second.revision },
          ]
        : [second, first];
    return [...log.slice(0, at), ...swapped, ...log.slice(at + 2)];
  },
  truncate: (random, log) => (log.length < 2 ? undefined : log.slice(0, 1 + random(log.length - 1))),
};

/** A bundle of the same kind as the honest one, over another log. */
function bundleOver(story, log, notes) {
  const tree = treeOf(log, { headsVersion: story.tree.headsVersion });
  const checkpoint = notes(tree);
  const { scope } = story.bundle;
  if (scope.kind === 'log') return logBundle(tree, log.length, checkpoint, []);
  return log.some(({ stream }) => stream === scope.stream)
    ? streamBundle(tree, scope.stream, checkpoint, [])
    : undefined;
}

/** The events of the stream of a bundle, one of them changed. */
const anotherVersion = (random, { tree, bundle }) =>
  rewritings.change(
    random,
    tree.log.filter(({ stream }) => stream === bundle.scope.stream),
  );

/**
 * What the log itself can do with every signature on its side: it has the stream once more further on, commits to that version from
 * then on, and shows it in the bundle.
 */
function withAnotherVersion(random, story) {
  const { bundle, keys, kept, tree } = story;
  const { stream } = bundle.scope;
  if (stream === undefined || bundle.events.every(({ index }) => index >= kept.size)) return undefined;
  const { length } = tree.log;
  const isTold = (index, size) => size <= length || index >= length || tree.log[index].stream !== stream;
  const { headsVersion } = tree;
  const over = treeOf([...tree.log, ...anotherVersion(random, story)], { headsVersion, isTold });
  const checkpoint = checkpointOver(over, over.log.length, keys.log, [keys.witness]);
  return streamBundle(over, stream, checkpoint, [kept], (index) => index >= length);
}

/** Everything is made anew over a rewritten log. `sign` makes the note. */
const rebuilt = (sign) => (random, story) => {
  const log = pick(random, Object.values(rewritings))(random, story.tree.log);
  return log && bundleOver(story, log, (tree) => sign(tree, story, random));
};

/** Changes one text somewhere under a property of the events. */
const eventText =
  (name) =>
  (random, { bundle }) => {
    const forged = copy(bundle);
    const event = pick(random, forged.events);
    event[name] = changedText(random, event[name]);
    return forged;
  };

const onEvents =
  (change) =>
  (random, { bundle }) => {
    const forged = copy(bundle);
    const events = change(random, forged.events);
    if (events === undefined) return undefined;
    return { ...forged, events };
  };

const onHashes =
  (find) =>
  (random, { bundle }) => {
    const forged = copy(bundle);
    const lists = find(forged).filter((list) => list?.length > 0);
    if (lists.length === 0) return undefined;
    const list = pick(random, lists);
    const at = random(list.length);
    const bytes = Buffer.from(list[at], 'base64');
    bytes[random(32)] ^= 1 << random(8);
    list[at] = bytes.toString('base64');
    return forged;
  };

export const tamperings = {
  'rewrites the data of an event': eventText('data'),
  'rewrites the metadata of an event': eventText('metadata'),
  'rewrites the type of an event': eventText('type'),
  'gives an event another id': eventText('eventId'),
  'moves an event to another stream': eventText('stream'),
  'gives an event another revision': (random, { bundle }) => {
    const forged = copy(bundle);
    const event = pick(random, forged.events);
    event.revision = String(BigInt(event.revision) + 1n + BigInt(random(3)));
    return forged;
  },
  'gives an event another place in the log': (random, { bundle }) => {
    const forged = copy(bundle);
    pick(random, forged.events).index += 1 + random(3);
    return forged;
  },
  'drops an event': onEvents((random, events) => events.toSpliced(random(events.length), 1)),
  'drops an event and numbers the rest anew': onEvents((random, events) => {
    const rest = events.toSpliced(random(events.length), 1);
    return rest.map((event, at) => ({ ...event, revision: String(at) }));
  }),
  'repeats an event': onEvents((random, events) => {
    const at = random(events.length);
    return events.toSpliced(at, 0, events[at]);
  }),
  'swaps two events': onEvents((random, events) => {
    if (events.length < 2) return undefined;
    const at = random(events.length - 1);
    return events.toSpliced(at, 2, events[at + 1], events[at]);
  }),
  'cuts the end off': onEvents((random, events) =>
    events.length < 2 ? undefined : events.slice(0, 1 + random(events.length - 1)),
  ),
  'cuts the end off and says that it ends there': (random, { bundle }) => {
    const forged = copy(bundle);
    if (forged.events.length < 2) return undefined;
    forged.events = forged.events.slice(0, 1 + random(forged.events.length - 1));
    if (forged.scope.kind === 'log') forged.scope.size = forged.events.length;
    else forged.scope.head.revision = forged.events.at(-1).revision;
    const linked = forged.earlier.some(({ size }) => size === forged.events.length);
    // The beginning of a log that the log itself links is no forgery.
    return forged.scope.kind === 'log' && linked ? undefined : forged;
  },
  'shows the end of another stream': (random, story) => {
    const { scope } = story.bundle;
    const others = story.tree.log.filter(({ stream }) => stream !== scope.stream);
    if (scope.kind === 'log' || others.length === 0) return undefined;
    const forged = copy(story.bundle);
    const { head } = streamBundle(story.tree, pick(random, others).stream, story.bundle.checkpoint, []).scope;
    forged.scope.head = { ...head, revision: scope.head.revision };
    return forged;
  },
  'changes a hash of a proof': onHashes(({ events, scope, earlier }) => [
    ...events.map(({ inclusion }) => inclusion),
    scope.head?.path,
    scope.head?.bucketPath,
    ...earlier.flatMap(({ consistency, head }) => [consistency, head?.path, head?.bucketPath]),
  ]),
  'changes the size or a root in the checkpoint': (random, { bundle }) => {
    const forged = copy(bundle);
    const lines = forged.checkpoint.split('\n');
    const at = 1 + random(3);
    lines[at] = changedText(random, lines[at]);
    forged.checkpoint = lines.join('\n');
    return forged;
  },
  'leaves the old signatures under a rewritten history': rebuilt((tree, { keys, bundle }) => {
    const body = checkpointOver(tree, tree.log.length, keys.log, []).split('\n\n')[0];
    return `${body}\n${bundle.checkpoint.slice(bundle.checkpoint.lastIndexOf('\n\n') + 1)}`;
  }),
  'signs a rewritten history with a key of its own': rebuilt((tree, { keys }) =>
    checkpointOver(tree, tree.log.length, parseKeyFile(newKeyFile(keys.log.name), signatureTypes.note), [
      parseKeyFile(newKeyFile(keys.witness.name), signatureTypes.cosignature),
    ]),
  ),
  'signs a rewritten history with the stolen key of the log': rebuilt((tree, { keys }) =>
    checkpointOver(tree, tree.log.length, keys.log, []),
  ),
  'puts the old cosignature under a newly signed, rewritten history': rebuilt((tree, { keys, bundle }) => {
    const own = checkpointOver(tree, tree.log.length, keys.log, []);
    return `${own}${bundle.checkpoint.trimEnd().split('\n').at(-1)}\n`;
  }),
  'has the witness itself cosign a history rewritten under the auditor’s own checkpoint': (random, story) => {
    const { kept, keys, tree } = story;
    const start = pick(random, [rewritings.change, rewritings.reorder])(random, tree.log.slice(0, kept.size));
    if (start === undefined) return undefined;
    const log = [...start, ...tree.log.slice(kept.size)];
    const forged = bundleOver(story, log, (over) =>
      checkpointOver(over, log.length, keys.log, [keys.witness]),
    );
    return forged && { ...forged, earlier: story.bundle.earlier };
  },
  'appends another version of a case history and shows that one': (random, story) => {
    const forged = withAnotherVersion(random, story);
    return forged && pick(random, [forged, { ...forged, earlier: [] }]);
  },
  'appends another version of a case history and says that there was none before': (random, story) => {
    const forged = withAnotherVersion(random, story);
    if (forged === undefined || story.tree.headsVersion === 1) return undefined;
    const [{ head, ...link }] = forged.earlier;
    const own = story.tree.log
      .slice(0, story.kept.size)
      .filter(({ stream }) => stream === forged.scope.stream)
      .reduce((chain, event) => extendChain(chain, eventLeafHash(event)), undefined);
    const { index, path, bucketSize, bucketRoot, bucketPath } = head;
    const name = createHash('sha256').update(forged.scope.stream).digest('base64');
    const neighbours = [{ name, chain: own.toString('base64'), path }];
    const absence = { index: index + random(2), bucketSize, bucketRoot, neighbours, bucketPath };
    return { ...forged, earlier: [{ ...link, head: absence }] };
  },
  'shows the one of two versions of a case history that the checkpoint does not commit to': (
    random,
    story,
  ) => {
    const { keys, kept, tree, bundle } = story;
    if (bundle.scope.kind === 'log' || tree.headsVersion === 1) return undefined;
    const { length } = tree.log;
    const second = anotherVersion(random, story);
    const over = treeOf([...tree.log, ...second], { isTold: (index) => index < length });
    const checkpoint = checkpointOver(over, over.log.length, keys.log, [keys.witness]);
    return streamBundle(over, bundle.scope.stream, checkpoint, [kept], (index) => index >= length);
  },
};
