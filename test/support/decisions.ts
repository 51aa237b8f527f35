import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  refuse,
  type Decider,
  type DecisionContext,
  type ProfessionalEvent,
  type Sealed,
} from '@spil/domain';
import { spawnEventNode, type SpawnedEventNode } from '@spil/embedded';
import {
  connectEventStore,
  createCodec,
  createDecisionRunner,
  generateKeyRing,
  KeyStore,
  loadKeyRing,
  migrateKeyStore,
  pendingSeal,
  type DecisionOutcome,
  type DecisionRunner,
  type EventStore,
  type KeySubject,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import { freshDatabase } from './database.js';

/** A small aggregate to try the decision runner on. */
export type Command =
  | { type: 'register'; details: string; subject: KeySubject }
  /** Fulfilled when the professional is absent already. */
  | { type: 'report-absent' }
  /** Always an event more. */
  | { type: 'move'; to: string }
  /** Both at once. */
  | { type: 'move-and-leave'; to: string };

export interface State {
  readonly status: 'NONE' | 'ACTIVE' | 'ABSENT';
  readonly moves: readonly string[];
  readonly details: Sealed | null;
}

const place = { organisationId: 'o', organisationKind: 'ADVOCATUUR', locationId: 'zwolle' } as const;
export const professionals: Decider<State, Command, ProfessionalEvent> = {
  initialState: { status: 'NONE', moves: [], details: null },
  decide(command, state, { occurredAt }) {
    const about = { professionalId: 'p', occurredAt };
    const moved = (to: string): ProfessionalEvent => ({
      type: 'ProfessionalMoved',
      ...place,
      ...about,
      locationId: to,
    });
    if (command.type === 'register') {
      if (state.status !== 'NONE') return refuse('PROFESSIONAL_ALREADY_REGISTERED');
      const details = pendingSeal({ name: command.details }, command.subject);
      return [{ type: 'ProfessionalRegistered', ...place, ...about, details }];
    }
    if (state.status === 'NONE') return refuse('PROFESSIONAL_NOT_FOUND');
    if (command.type === 'move') return [moved(command.to)];
    if (state.status === 'ABSENT') return [];
    const absent: ProfessionalEvent = { type: 'ProfessionalDeactivated', ...about, reason: 'ABSENT' };
    return command.type === 'report-absent' ? [absent] : [moved(command.to), absent];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'ProfessionalRegistered':
        return { ...state, status: 'ACTIVE', details: event.details };
      case 'ProfessionalDeactivated':
        return { ...state, status: 'ABSENT' };
      case 'ProfessionalMoved':
        return { ...state, moves: [...state.moves, event.locationId] };
      case 'ProfessionalDetailsChanged':
      case 'ProfessionalReactivated':
      case 'ProfessionalErasureOrdered':
      case 'ProfessionalDetailsErased':
        return state;
    }
  },
};

export const context: DecisionContext = {
  actor: { kind: 'SYSTEM', process: 'test' },
  mandate: 'CASEWORK',
  occurredAt: '2021-03-31T09:30:00.000Z',
  recordedAt: '2021-03-31T09:30:00.000Z',
};
export const newStream = (): string => `professional-${randomUUID()}`;
export const subjectOf = (stream: string): KeySubject => ({ kind: 'PROFESSIONAL', professionalId: stream });

export interface Sent {
  stream: string;
  command: Command;
  commandId?: string;
  expectedRevision?: bigint;
  showsHistory?: () => boolean;
  /** When it is sent and when it happened; a morning of 2021 unless given. */
  at?: string;
}

/** Runs a command with a payload equal to the command. */
export const send = (
  runner: DecisionRunner,
  { stream, command, commandId, expectedRevision, showsHistory, at }: Sent,
): Promise<DecisionOutcome<ProfessionalEvent>> =>
  runner.runDecision({
    stream,
    decider: professionals,
    command: () => command,
    context: { ...context, ...(at !== undefined && { occurredAt: at, recordedAt: at }) },
    commandId: commandId ?? randomUUID(),
    principal: 'tester',
    subject: () => subjectOf(stream),
    payload: command,
    ...(expectedRevision !== undefined && { expectedRevision }),
    ...(showsHistory !== undefined && { showsHistory }),
  });

export const register = (stream: string, details = 'Fictieve Naam'): Command => ({
  type: 'register',
  details,
  subject: subjectOf(stream),
});
export const move = (to: string): Command => ({ type: 'move', to });

/** A new professional's stream. */
export async function registered(runner: DecisionRunner): Promise<string> {
  const stream = newStream();
  const outcome = await send(runner, { stream, command: register(stream) });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.code);
  return stream;
}

export const outcomeOf = (outcome: DecisionOutcome): string =>
  outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

/** An event node and a key store of a suite's own. */
export interface DecisionTestBed {
  readonly store: EventStore;
  node: SpawnedEventNode;
  /** Starts the node again where it was. */
  restartNode(): Promise<void>;
  freshKeys(): KeyStore;
  /** A runner with nothing cached, as a process that just started has. */
  freshRunner(over?: EventStore, codec?: ReturnType<typeof createCodec>): DecisionRunner;
  stop(): Promise<void>;
}

export async function startDecisionTestBed(): Promise<DecisionTestBed> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-runner-'));
  const [log, keys] = [await freshDatabase(), await freshDatabase()];
  await generateKeyRing(join(folder, 'ring.json'));
  const ring = await loadKeyRing(join(folder, 'ring.json'));
  await migrateKeyStore(keys.url);
  const pool = openRequestPool(keys.url, (error) => {
    throw error;
  });
  const errors: unknown[] = [];
  const node = await spawnEventNode({ databaseUrl: log.url });
  const store = connectEventStore({
    connectionString: node.connectionString,
    credentials: { username: 'spil', password: 'only-for-tests' },
    onError: (error) => errors.push(error),
  });
  const bed: DecisionTestBed = {
    store,
    node,
    async restartNode() {
      bed.node = await spawnEventNode({ databaseUrl: log.url, port: node.port });
    },
    freshKeys: () => new KeyStore(pool, ring),
    freshRunner: (over = store, codec = createCodec()) =>
      createDecisionRunner({ store: over, codec, keys: bed.freshKeys() }),
    async stop() {
      await store.close();
      await bed.node.stop();
      await pool.end();
      await log.drop();
      await keys.drop();
      await rm(folder, { recursive: true });
      if (errors.length > 0) throw new AggregateError(errors, 'errors that no caller waited for');
    },
  };
  return bed;
}
