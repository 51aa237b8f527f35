// Orders an erasure, begins to carry it out, and is killed at a given step: what a crash of the service in the middle leaves behind.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { erasureDecider } from '../../dist/libs/domain/src/index.js';
import { ErasureExecution } from '../../dist/libs/commands/src/index.js';
import {
  connectEventStore,
  createCodec,
  createDecisionRunner,
  KeyRingFile,
  KeyStore,
  TombstoneList,
} from '../../dist/libs/event-store/src/index.js';
import { openRequestPool } from '../../dist/libs/postgres/src/index.js';

const { config, erasureId, clientId, officer, caseIds, dieAt } = JSON.parse(process.argv[2]);
const die = () => process.kill(process.pid, 'SIGKILL');

class DyingList extends TombstoneList {
  async add(tombstones) {
    await super.add(tombstones);
    if (dieAt === 'LISTED' && tombstones.length > 0) die();
  }
}

const store = connectEventStore({
  connectionString: config.eventStore.url,
  credentials: { username: config.eventStore.user, password: config.eventStore.password },
});
const keys = new KeyStore(
  openRequestPool(config.keysDatabaseUrl, () => undefined),
  new KeyRingFile(config.keyRingFile),
  { tombstones: new DyingList(config.tombstonesFile) },
);
const runner = createDecisionRunner({ store, codec: createCodec(), keys });

const now = new Date().toISOString();
const decide = async (command) => {
  const outcome = await runner.runDecision({
    stream: `erasure-${erasureId}`,
    decider: erasureDecider,
    command: () => command,
    context: {
      actor: { kind: 'PROFESSIONAL', ...officer },
      mandate: 'DATA_PROTECTION',
      occurredAt: now,
      recordedAt: now,
    },
    commandId: randomUUID(),
    principal: 'test',
    subject: () => null,
    payload: command,
  });
  if (outcome.kind !== 'accepted') throw new Error(outcome.refusal.code);
};
await decide({
  type: 'RequestErasure',
  erasureId,
  clientId,
  ground: 'CLIENT_REQUEST',
  identityCheck: 'DIGID',
  caseId: null,
});
const long = '2014-01-01T00:00:00.000Z';
const cases = caseIds.map((caseId) => ({ caseId, open: false, handoverUnderWay: false, endedAt: long }));
await decide({ type: 'OrderErasure', erasureId, cases, left: [], retention: { years: 2, duty: false } });

let steps = 0;
const counted = (work) => async (request) => {
  if (++steps === dieAt) die();
  const result = await work(request);
  if (dieAt === `AFTER ${steps}`) die();
  return result;
};
const execution = new ErasureExecution(
  { loadState: (...args) => runner.loadState(...args), runDecision: counted((r) => runner.runDecision(r)) },
  { destroyKey: counted((subject) => keys.destroyKey(subject)) },
  { now: () => new Date().toISOString() },
  { of: () => Promise.resolve([]) },
);
await execution.carryOut(erasureId);
process.exit(3);
