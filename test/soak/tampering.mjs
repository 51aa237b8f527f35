// `npm run soak -- --only tampering`: forges histories in every way there is and asks the verifier. All must be found, and none in a
// bundle that nobody touched.
import { formatVerifierKey } from '../../dist/libs/proof/src/index.js';
import { readKey, verifyBundle } from '../../tools/verify-bundle.mjs';
import {
  checkpointOver,
  keysOf,
  logBundle,
  randomFrom,
  randomLog,
  streamBundle,
  treeOf,
} from '../tampering/histories.mjs';
import { tamperings } from '../tampering/tamper.mjs';

/** Forgeries made of one honest history. */
const perHistory = 100;
/** A whole history made anew costs a thousand times what a changed byte costs, so those are rarer. */
const timesRarer = 5;

/** An honest history: a log, its bundle, and the checkpoint that an auditor kept of it. */
function honest(random, keys) {
  // Now and then one of before the events of each stream were named.
  const headsVersion = random(4) === 0 ? 1 : 2;
  const tree = treeOf(randomLog(random, 2 + random(60)), { headsVersion });
  const { length } = tree.log;
  const keptSize = 1 + random(length - 1);
  const kept = { size: keptSize, note: checkpointOver(tree, keptSize, keys.log, [keys.witness]) };
  const checkpoint = checkpointOver(tree, length, keys.log, [keys.witness]);
  const bundle =
    random(2) === 0
      ? logBundle(tree, random(4) === 0 ? keptSize : length, checkpoint, [kept])
      : streamBundle(tree, pickStream(random, tree, keptSize), checkpoint, [kept]);
  return { tree, bundle, kept, keys };
}

/** In that older form it cannot be shown that a stream was not there yet. */
const pickStream = (random, { log, headsVersion }, keptSize) =>
  log[random(headsVersion === 1 ? keptSize : log.length)].stream;

/** @returns how many forgeries were made and missed by kind, how many honest bundles were checked and doubted */
function tamper({ count, seed, onProgress }) {
  const random = randomFrom(seed);
  const keys = keysOf();
  const trust = {
    logKey: readKey(formatVerifierKey(keys.log), 1),
    witnessKeys: [readKey(formatVerifierKey(keys.witness), 4)],
  };
  const kinds = Object.entries(tamperings).flatMap((kind) =>
    Array.from({ length: / history /.test(kind[0]) ? 1 : timesRarer }, () => kind),
  );
  const made = Object.fromEntries(kinds.map(([name]) => [name, 0]));
  const missed = [];
  const doubted = [];
  let histories = 0;
  let total = 0;
  while (total < count) {
    const story = honest(random, keys);
    const trusted = { ...trust, earlier: story.kept.note };
    const { problem } = verifyBundle(story.bundle, trusted);
    histories += 1;
    if (problem) doubted.push(problem);
    for (let at = 0; at < perHistory && total < count; at++) {
      const [name, forge] = kinds[random(kinds.length)];
      const forged = forge(random, story);
      if (forged === undefined || JSON.stringify(forged) === JSON.stringify(story.bundle)) continue;
      made[name] += 1;
      total += 1;
      if (verifyBundle(forged, trusted).problem === undefined) missed.push(name);
      onProgress();
    }
  }
  return { made, missed, histories, doubted };
}

/** The run as `npm run soak` knows it. @throws Error when a forgery was not found, or an untouched bundle was doubted */
export async function tamperingSoak({ runs, seed, onProgress }) {
  const { made, missed, histories, doubted } = tamper({ count: runs, seed, onProgress });
  const kinds = Object.entries(made).map(([name, times]) => `${String(times).padStart(7)}  ${name}`);
  if (missed.length > 0) throw new Error(`not found: ${[...new Set(missed)].join('; ')}`);
  if (doubted.length > 0)
    throw new Error(`untouched bundles were doubted: ${doubted.map(({ code }) => code).join(', ')}`);
  return Promise.resolve([
    ...kinds,
    `forged: ${runs}, all found; untouched: ${histories} bundles, none doubted`,
  ]);
}
