import {
  cosign,
  formatSignature,
  fromBase64,
  isSignedBy,
  MalformedNote,
  parseNote,
  parseTreeHead,
  provesConsistency,
  type Hash,
  type Note,
  type SigningKey,
  type TreeHead,
  type VerifierKey,
} from '@spil/proof';
import type { SeenCheckpoints } from './seen.js';

/** What goes back over HTTP, as C2SP tlog-witness says. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  readonly contentType?: 'text/x.tlog.size';
}

export interface WitnessOptions {
  readonly key: SigningKey;
  /** Logs that are cosigned. */
  readonly logs: readonly VerifierKey[];
  readonly seen: SeenCheckpoints;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Request {
  readonly old: number;
  readonly proof: readonly Hash[];
  readonly note: Note;
  readonly head: TreeHead;
}

const mostHashes = 63;

/**
 * Cosigns a checkpoint that grew out of the last one cosigned for its log, and no other. One at a time for each log: what was
 * compared is what is replaced.
 */
export function createWitness(options: WitnessOptions): (body: string) => Promise<WitnessAnswer> {
  const turns = new Map<string, Promise<WitnessAnswer>>();
  return async (body) => {
    let request: Request;
    try {
      request = parseRequest(body);
    } catch (error) {
      if (error instanceof MalformedNote) return { status: 400, body: `${error.message}\n` };
      throw error;
    }
    const refused = refusalOf(options.logs, request);
    if (refused !== undefined) return refused;
    // Only the logs that are cosigned have turns; a stranger leaves nothing behind.
    const { origin } = request.head;
    const before = turns.get(origin);
    const turn = (async () => {
      await Promise.allSettled([before]);
      return addCheckpoint(options, request);
    })();
    turns.set(origin, turn);
    return turn;
  };
}

/** What is wrong with a request, whatever was cosigned before. */
function refusalOf(logs: readonly VerifierKey[], { old, note, head }: Request): WitnessAnswer | undefined {
  const keys = logs.filter(({ name }) => name === head.origin);
  if (keys.length === 0) return { status: 404, body: 'this log is not known here\n' };
  if (!keys.some((log) => isSignedBy(note, log)))
    return { status: 403, body: 'the checkpoint is not signed by its log\n' };
  if (old > head.size) return { status: 400, body: 'the old size is larger than the new one\n' };
  return undefined;
}

async function addCheckpoint(
  { key, seen, now }: WitnessOptions,
  { old, proof, note, head }: Request,
): Promise<WitnessAnswer> {
  const lastNote = await seen.last(head.origin);
  const lastBody = lastNote === undefined ? undefined : parseNote(lastNote).body;
  const last = lastBody === undefined ? undefined : parseTreeHead(lastBody);
  const lastSize = last?.size ?? 0;
  if (old !== lastSize) return { status: 409, body: `${lastSize}\n`, contentType: 'text/x.tlog.size' };
  if (last?.size === head.size && !last.root.equals(head.root))
    return { status: 409, body: 'another tree of this size was cosigned\n' };
  // Nothing but the tree is checked; but of what follows from it there are no two versions.
  if (last?.size === head.size && lastBody !== note.body)
    return { status: 409, body: 'another checkpoint over this tree was cosigned\n' };
  const grown = last === undefined ? proof.length === 0 : provesConsistency(last, head, proof);
  if (!grown) return { status: 422, body: 'the checkpoint did not grow out of the last one cosigned\n' };
  const cosignature = cosign(note.body, key, Math.floor(now() / 1_000));
  const line = `${formatSignature(cosignature)}\n`;
  await seen.remember(head.origin, `${note.body}\n${line}`);
  return { status: 200, body: line };
}

/** @throws MalformedNote */
function parseRequest(body: string): Request {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(end, 0)).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,14})$/.exec(first) ?? [];
  const proof = lines.map((line) => fromBase64(line));
  if (old === undefined || lines.length > mostHashes || proof.some((hash) => hash?.length !== 32))
    throw new MalformedNote('the request begins with an old size and the hashes of a proof');
  const note = parseNote(body.slice(end + 2));
  return { old: Number(old), proof: proof as Hash[], note, head: parseTreeHead(note.body) };
}
