import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const PATIENCE_MS = 120_000;

/** Compares what people were told with the log (I1, I2, I3, I5), and the read models with the log (I4). */
export async function judge(spil, journal) {
  const events = await readLog(spil);
  const verdict = { ...judgeLog(events, journal), events: events.length };
  await caughtUp(spil, events.at(-1).position);
  return { ...verdict, ...(await verify(spil.dataFolder)) };
}

function judgeLog(events, journal) {
  const lost = [];
  const doubled = [];
  const misplaced = [];
  const unexpected = [];
  const holes = [];

  const next = new Map();
  const ids = new Set();
  const byCommand = new Map();
  for (const { stream, revision, id, commandId } of events) {
    if (revision !== (next.get(stream) ?? 0n)) holes.push(`${stream} at ${revision}`);
    next.set(stream, revision + 1n);
    if (ids.has(id)) doubled.push(`event ${id}`);
    ids.add(id);
    if (!stream.startsWith('case-')) continue;
    byCommand.set(commandId, [...(byCommand.get(commandId) ?? []), { stream, revision }]);
  }
  for (const [commandId, { outcome, id, revision }] of journal) {
    const found = byCommand.get(commandId) ?? [];
    byCommand.delete(commandId);
    // Every command of this workload makes one event.
    if (found.length > 1) doubled.push(`command ${commandId}: ${found.length} events`);
    if (outcome === 'refused' && found.length > 0) unexpected.push(`refused command ${commandId}`);
    if (outcome !== 'accepted') continue;
    if (found.length === 0) lost.push(`command ${commandId} on ${id}`);
    else if (found[0].stream !== `case-${id}` || found[0].revision !== BigInt(revision))
      misplaced.push(`command ${commandId}: ${found[0].stream} at ${found[0].revision}, not ${revision}`);
  }
  for (const commandId of byCommand.keys()) unexpected.push(`command ${commandId}, which nobody sent`);
  return { lost, doubled, misplaced, unexpected, holes };
}

/** Every event of Spil, straight from the table. */
async function readLog(spil) {
  const client = new pg.Client({ connectionString: await spil.database('spil_events') });
  await client.connect();
  const { rows } = await client.query(
    `SELECT pos, stream, rev, id, convert_from(metadata, 'UTF8')::jsonb ->> 'commandId' AS command
     FROM event WHERE stream NOT LIKE '$%' ORDER BY pos`,
  );
  await client.end();
  return rows.map(({ pos, stream, rev, id, command }) => ({
    position: BigInt(pos),
    stream,
    revision: BigInt(rev),
    id,
    commandId: command,
  }));
}

/** Waits until every read model has taken in the whole log. */
async function caughtUp(spil, position) {
  const client = new pg.Client({ connectionString: await spil.database('spil_read') });
  await client.connect();
  try {
    for (const deadline = Date.now() + PATIENCE_MS; ; await pause(200)) {
      const { rows } = await client.query(
        'SELECT projection, commit_position AS position FROM projection.generation WHERE live',
      );
      const behind = rows.filter((row) => BigInt(row.position) < position);
      if (rows.length > 0 && behind.length === 0) return;
      if (Date.now() > deadline) throw new Error(`read models never caught up: ${JSON.stringify(behind)}`);
    }
  } finally {
    await client.end();
  }
}

/** Every row of every read model against a fresh fold, as an operator would. */
async function verify(dataFolder) {
  const args = ['dist/apps/operator/src/main.js', '--data', dataFolder, 'verify', '--all', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let answer = '';
  let said = '';
  child.stdout.on('data', (text) => (answer += text));
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code > 1) throw new Error(`verify ended with ${code}: ${answer}${said}`);
  const { verdicts } = JSON.parse(answer);
  return {
    unlike: verdicts.filter(({ equal }) => !equal).map((verdict) => JSON.stringify(verdict)),
    parked: verdicts.reduce((sum, { parked }) => sum + parked, 0),
    rows: verdicts.flatMap(({ tables }) => tables).reduce((sum, { rows }) => sum + rows, 0),
  };
}
