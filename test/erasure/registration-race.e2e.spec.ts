import { randomUUID } from 'node:crypto';
import type { CaseCommand, DecisionContext, RegistrationFacts } from '@spil/domain';
import { caseDecider } from '@spil/domain';
import {
  connectEventStore,
  createCodec,
  createDecisionRunner,
  derivedId,
  KeyStore,
  loadKeyRing,
  pendingSeal,
  type DecisionOutcome,
  type EventStore,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import type pg from 'pg';
import { eventually } from '../support/eventually.js';
import { as, people, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { certified, closed, erased, officers, taken, told } from './support.js';

const loket = as('loket');
const registration = {
  registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
  channel: 'PHONE',
  primaryArea: 'HUURRECHT',
  client: { name: 'Cas Voorbeeld (fictief)' },
} as const;

/** Another instance of the service registers a case of a client whose data are being erased. The people are fictitious. */
describe('a registration that races the erasure of its client', () => {
  let system: TestSystem;
  let store: EventStore;
  let pool: pg.Pool;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    const { url, user, password } = system.config.eventStore;
    store = connectEventStore({
      connectionString: url,
      credentials: { username: user, password: password },
    });
    pool = openRequestPool(system.config.keysDatabaseUrl, () => undefined);
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await store.close();
    await system.stop();
  });

  const clientOfClosedCase = async (): Promise<{ caseId: string; clientId: string }> => {
    const { id } = await taken(system, loket, 'registerCase', registration);
    const { position } = await closed(system, loket, id);
    const { case: found } = await told<{ case: { clientId: string } }>(
      system,
      loket,
      `query ($id: Uuid!, $position: Position!) { case(id: $id, atLeast: { position: $position }) { clientId } }`,
      { id, position },
    );
    return { caseId: id, clientId: found.clientId };
  };

  /** Registers as the service does, and does something else just before what it decided is appended. */
  async function register(
    commandId: string,
    clientId: string,
    beforeAppend: (caseId: string) => Promise<void>,
  ): Promise<{ caseId: string; outcome: DecisionOutcome }> {
    const principal = `professional:${people.loket.professionalId}`;
    const caseId = derivedId(principal, commandId, 'case');
    const stream = `case-${caseId}`;
    const subject = {
      kind: 'CASE',
      clientId,
      caseId,
      organisationId: people.loket.organisationId,
    } as const;
    let held = false;
    const runner = createDecisionRunner({
      store: {
        ...store,
        append: async (...given) => {
          if (!held) {
            held = true;
            await beforeAppend(caseId);
          }
          return store.append(...given);
        },
      },
      codec: createCodec(),
      keys: new KeyStore(pool, await loadKeyRing(system.config.keyRingFile)),
      deadlineMs: 30_000,
    });
    const now = new Date().toISOString();
    const context: DecisionContext = {
      actor: { kind: 'PROFESSIONAL', ...people.loket },
      mandate: 'CASEWORK',
      occurredAt: now,
      recordedAt: now,
    };
    const command: CaseCommand = {
      type: 'RegisterCase',
      caseId,
      registrationId: derivedId(principal, commandId, 'registration'),
      registrationCode: 'K7M-4QX-9TG',
      registrationKind: registration.registrationKind,
      clientId,
      client: pendingSeal(registration.client, subject),
      voicemailAllowed: null,
      interpreterNeeded: null,
      facts,
      flagId: derivedId(principal, commandId, 'flag'),
      contactId: randomUUID(),
      conversationId: randomUUID(),
    };
    const outcome = await runner.runDecision({
      stream,
      decider: caseDecider,
      command: () => command,
      context,
      commandId,
      principal,
      subject: () => subject,
      payload: registration,
    });
    return { caseId, outcome };
  }

  const typesOn = async (caseId: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type } of store.readStream(`case-${caseId}`)) types.push(type);
    return types;
  };
  const orderedFor = async (caseId: string): Promise<string> => {
    const { id } = await taken(system, officers.loket, 'requestErasure', {
      caseId,
      identityCheck: 'SEEN_IN_PERSON',
    });
    await taken(system, officers.loket, 'orderErasure', { erasureId: id });
    return id;
  };

  it('is refused when the key was destroyed before it was recorded, and says so for ever', async () => {
    const client = await clientOfClosedCase();
    const commandId = randomUUID();
    let erasedCases: readonly string[] = [];
    const { caseId, outcome } = await register(commandId, client.clientId, async () => {
      const { certificate } = await certified(system, officers.loket, await orderedFor(client.caseId));
      erasedCases = certificate?.erased.map((one) => one.caseId) ?? [];
    });
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'CLIENT_DATA_ERASED' } });
    expect([...erasedCases].sort()).toEqual([client.caseId, caseId].sort());
    expect(await typesOn(caseId)).toEqual(['ClientErasureOrdered', 'ClientDataErased']);
    // A client program that lost the answer sends the same command again, to the service.
    expect(await step(system, loket, 'registerCase', { commandId, ...registration })).toMatchObject({
      __typename: 'StepRefused',
      code: 'CLIENT_DATA_ERASED',
    });
  }, 60_000);

  it('that carries nothing personal is refused just so', async () => {
    const client = await clientOfClosedCase();
    const commandId = randomUUID();
    const { caseId } = await register(commandId, client.clientId, async () => {
      await certified(system, officers.loket, await orderedFor(client.caseId));
    });
    const { registrationKind, channel, primaryArea } = registration;
    const nothingPersonal = { registrationKind, channel, primaryArea };
    expect(await step(system, loket, 'registerCase', { commandId, ...nothingPersonal })).toMatchObject({
      __typename: 'StepRefused',
      code: 'CLIENT_DATA_ERASED',
    });
    expect(await typesOn(caseId)).not.toContain('CaseRegistered');
  }, 60_000);

  it('stands when it was recorded first: the order keeps it, as work that goes on', async () => {
    const client = await clientOfClosedCase();
    const { caseId, outcome } = await register(randomUUID(), client.clientId, () => Promise.resolve());
    expect(outcome.kind).toBe('accepted');
    const { certificate } = await erased(system, officers.loket, client.caseId);
    expect(certificate?.kept).toMatchObject([{ caseId, objection: 'CASE_OPEN' }]);
    expect(await typesOn(caseId)).toEqual(['CaseRegistered']);
  }, 60_000);

  it('leaves no case that a read model cannot take in', async () => {
    const { position } = await taken(system, loket, 'registerCase', registration);
    await eventually(() => {
      for (const projection of system.worker.health().projections) {
        expect(projection).toMatchObject({ parked: 0, stoppedBecause: undefined });
        expect(projection.position?.commit ?? 0n).toBeGreaterThanOrEqual(BigInt(position));
      }
    });
  });
});

const facts: RegistrationFacts = {
  clientMunicipality: null,
  channel: registration.channel,
  primaryArea: registration.primaryArea,
  furtherAreas: [],
  lifeDomains: [],
  opposingPartyKind: null,
  opposingPartyName: null,
  clientQuestion: null,
  professionalQuestion: null,
  signaleringRelevance: 'NOT_ANSWERED',
};
