import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { CaseworkPrincipal, Principal } from '@spil/access';
import {
  CaseAdmission,
  CommandsModule,
  Recipients,
  RecordContactAttempt,
  RegisterLocation,
  RegisterOrganisation,
  RegisterProfessional,
  type StepResult,
} from '@spil/commands';
import {
  connectEventStore,
  createCodec,
  createDecisionRunner,
  DecisionRunner,
  generateKeyRing,
  KeyRingFile,
  KeyStore,
  migrateKeyStore,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import { caseIdOf, party } from './cases.js';
import type { SeededEvent } from './log.js';
import { credentials } from './place.js';

/** Steps that a case has before the first command: up to a request to the desk. */
export const stepsBefore = 4;
/** Every so manieth case of the bench is of one and the same professional. */
const sameHands = 1_200;

/** Does the casework, in cases of the own desk. */
export const worker: CaseworkPrincipal = {
  ...party('SOCIAAL_RAADSLIEDEN', 0),
  subject: 'bench-raadslied',
  role: 'PROFESSIONAL',
  mayImport: false,
};
/** Asked only where somebody is forgotten, which the bench never does. */
const noErasures: Recipients = {
  of: () => Promise.reject(new Error('a command of the bench erased somebody')),
};
const admin: Principal = { subject: 'bench-admin', role: 'ADMIN', mayImport: false };

/** The way of a command as the service composes it: bus, handler, desk, decision runner, key store, event store. */
export interface CommandPath {
  /** Registers the professional, once on a log. */
  settle(): Promise<void>;
  /** Records that nobody answered, in a case of {@link historyOf}; resolves with the position of the event. */
  attempt(at: number): Promise<bigint>;
  close(): Promise<void>;
}

/** Runs on a key store in an empty database, with a key ring of its own. */
export async function withKeys(url: string, work: (keys: KeyStore) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'spil-bench-keys-'));
  const keyRing = join(folder, 'ring.json');
  await generateKeyRing(keyRing);
  await migrateKeyStore(url);
  const pool = openRequestPool(url, (error) => console.error('a connection to the keys broke:', error));
  try {
    await work(new KeyStore(pool, new KeyRingFile(keyRing)));
  } finally {
    await pool.end();
    await rm(folder, { recursive: true });
  }
}

@Module({})
class StoresModule {}

@Module({})
class CommandPathModule {}

/** @param admission stands in for the gate before steps on cases; the real one when left out */
export async function openCommandPath(
  { connectionString, keys }: { readonly connectionString: string; readonly keys: KeyStore },
  admission?: CaseAdmission,
): Promise<CommandPath> {
  const store = connectEventStore({ connectionString, credentials });
  const runner = createDecisionRunner({ store, codec: createCodec(), keys });
  const application = await NestFactory.createApplicationContext(
    {
      module: CommandPathModule,
      imports: [
        {
          module: StoresModule,
          global: true,
          providers: [
            { provide: DecisionRunner, useValue: runner },
            { provide: KeyStore, useValue: keys },
            { provide: Recipients, useValue: noErasures },
          ],
          exports: [DecisionRunner, KeyStore, Recipients],
        },
        {
          module: CommandsModule,
          providers: admission ? [{ provide: CaseAdmission, useValue: admission }] : [],
        },
      ],
    },
    { logger: false, abortOnError: false },
  );
  const bus = application.get(CommandBus, { strict: false });
  const send = async (command: Command<StepResult>): Promise<bigint> => {
    const result = await bus.execute(command);
    if (result.kind === 'refused') throw new Error(`a command was refused: ${result.refusal.code}`);
    return result.position;
  };
  const orderOf = (principal: Principal) => ({
    commandId: randomUUID(),
    correlationId: randomUUID(),
    principal,
  });
  return {
    settle: async () => {
      const { locationId, organisationId, organisationKind, professionalId } = worker;
      await send(
        new RegisterLocation(orderOf(admin), {
          ...{ locationId, name: 'Locatie (fictief)' },
          ...{ municipalities: ['GM0344'], arrondissement: 'MIDDEN-NEDERLAND' },
        }),
      );
      await send(
        new RegisterOrganisation(orderOf(admin), {
          ...{ organisationId, organisationKind, name: 'Raadslieden (fictief)' },
        }),
      );
      await send(
        new RegisterProfessional(orderOf(admin), {
          ...{ professionalId, organisationId, locationId, details: { name: 'Fictieve raadslied' } },
        }),
      );
    },
    attempt: (at) =>
      send(
        new RecordContactAttempt(orderOf(worker), {
          caseId: caseIdOf(at * sameHands),
          piketRequestId: `request-${at * sameHands}`,
          result: 'NO_ANSWER',
        }),
      ),
    close: async () => {
      await application.close();
      await store.close();
    },
  };
}

/** The events before the commands, of so many cases. */
export function* historyOf(cases: number): Generator<SeededEvent> {
  for (let step = 0; step < stepsBefore; step += 1)
    for (let at = 0; at < cases; at += 1) yield { number: at * sameHands, step };
}
