import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import { professionalDecider } from '@spil/domain';
import {
  connectEventStore,
  createCodec,
  createDecisionRunner,
  KeyStore,
  loadKeyRing,
} from '@spil/event-store';
import { openRequestPool } from '@spil/postgres';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { as, people, populate, startTestSystem, step, type TestSystem } from '../support/system.js';
import { testPrincipal } from '../support/tokens.js';
import { officers, taken, told } from './support.js';

const canary = 'Kanarie Weggegaan (fictief)';

/** Somebody who worked for the Loket leaves, and is forgotten; what the person did for clients is not. */
describe('erasing what is personal about a professional who left', () => {
  let system: TestSystem;
  let caseId: string;
  const { professionalId } = people.loket;

  beforeAll(async () => {
    system = await startTestSystem();
    await populate(system);
    await taken(system, testPrincipal.admin, 'changeProfessionalDetails', {
      professionalId,
      details: { name: canary, phone: '030 000 00 01' },
    });
    const opened = await taken(system, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_SIGNALERING_ONLY',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      client: { name: 'Hal Voorbeeld (fictief)' },
    });
    caseId = opened.id;
  }, 60_000);

  afterAll(() => system.stop());

  const erase = (principal: Principal, id: string = professionalId) =>
    step(system, principal, 'eraseProfessional', { professionalId: id });
  const detailsOf = async (id: string) => {
    const { professionals } = await told<{
      professionals: {
        id: string;
        name: { state: string; value: string | null };
        phone: { state: string };
      }[];
    }>(system, as('colleague'), '{ professionals { id name { state value } phone { state } } }');
    return professionals.find((one) => one.id === id);
  };
  const leaves = (id: string) =>
    taken(system, testPrincipal.admin, 'deactivateProfessional', { professionalId: id, reason: 'LEFT' });

  it('is refused while the person works, to other organisations, and to everybody but privacy officers', async () => {
    expect(await erase(officers.loket)).toMatchObject({ code: 'PROFESSIONAL_NOT_LEFT' });
    expect(await erase(officers.firm)).toMatchObject({ code: 'PROFESSIONAL_NOT_FOUND' });
    expect(await erase(officers.loket, randomUUID())).toMatchObject({ code: 'PROFESSIONAL_NOT_FOUND' });
    for (const principal of [testPrincipal.admin, as('colleague'), as('colleague', { role: 'COORDINATOR' })])
      expect(await erase(principal)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await detailsOf(professionalId))?.name).toEqual({ state: 'VALUE', value: canary });
  });

  it('destroys the key: name and number are erased wherever they stood, and the id stays', async () => {
    await leaves(professionalId);
    expect((await erase(officers.loket)).__typename).toBe('StepAccepted');
    await eventually(async () =>
      expect(await detailsOf(professionalId)).toMatchObject({
        name: { state: 'ERASED', value: null },
        phone: { state: 'ERASED' },
      }),
    );
    const reader = new pg.Client({ connectionString: system.readModel.ownerUrl });
    const keys = new pg.Client({ connectionString: system.config.keysDatabaseUrl });
    await Promise.all([reader.connect(), keys.connect()]);
    try {
      await eventually(async () => {
        const { rows } = await reader.query<{ details: unknown; erasure: string }>(
          `SELECT document->'details' AS details, document->>'erasure' AS erasure FROM read.reference_document WHERE stream = $1`,
          [`professional-${professionalId}`],
        );
        expect(rows).toEqual([{ details: { erased: true }, erasure: 'DONE' }]);
      });
      const subject = JSON.stringify(['PROFESSIONAL', professionalId]);
      const left = await keys.query('SELECT FROM key_store.data_key WHERE subject = $1', [subject]);
      const tombstones = await keys.query('SELECT FROM key_store.tombstone WHERE subject = $1', [subject]);
      expect([left.rowCount, tombstones.rowCount]).toEqual([0, 1]);
    } finally {
      await Promise.all([reader.end(), keys.end()]);
    }
  });

  it('leaves what the person did for clients, under the id', async () => {
    const { case: found } = await told<{
      case: {
        client: { name: { value: string } };
        registrations: { registeredBy: { professionalId: string } }[];
      };
    }>(
      system,
      as('colleague', { role: 'COORDINATOR' }),
      `query ($id: Uuid!) { case(id: $id) { client { name { value } } registrations { registeredBy { professionalId } } } }`,
      { id: caseId },
    );
    expect(found.client.name.value).toBe('Hal Voorbeeld (fictief)');
    expect(found.registrations.map(({ registeredBy }) => registeredBy.professionalId)).toEqual([
      professionalId,
    ]);
  });

  it('is for ever: whoever comes back is registered anew', async () => {
    expect(
      await step(system, testPrincipal.admin, 'reactivateProfessional', { professionalId }),
    ).toMatchObject({ code: 'PROFESSIONAL_ERASED' });
    expect(
      await step(system, testPrincipal.admin, 'changeProfessionalDetails', {
        professionalId,
        details: { name: canary },
      }),
    ).toMatchObject({ code: 'PROFESSIONAL_ERASED' });
  });

  it('is completed by the service that starts after the one that took the order died', async () => {
    const { professionalId: other } = people.elsewhere;
    await leaves(other);
    await system.stopService();
    const { url, user, password } = system.config.eventStore;
    const store = connectEventStore({
      connectionString: url,
      credentials: { username: user, password },
    });
    const pool = openRequestPool(system.config.keysDatabaseUrl, () => undefined);
    const keys = new KeyStore(pool, await loadKeyRing(system.config.keyRingFile));
    const now = new Date().toISOString();
    const ordered = await createDecisionRunner({ store, codec: createCodec(), keys }).runDecision({
      stream: `professional-${other}`,
      decider: professionalDecider,
      command: () => ({ type: 'OrderProfessionalErasure' as const, professionalId: other }),
      context: {
        actor: { kind: 'PROFESSIONAL', ...people.colleague },
        mandate: 'DATA_PROTECTION',
        occurredAt: now,
        recordedAt: now,
      },
      commandId: randomUUID(),
      principal: 'test',
      subject: () => null,
      payload: {},
    });
    expect(ordered.kind).toBe('accepted');
    await Promise.all([store.close(), pool.end()]);
    await system.startService();
    await eventually(async () => expect((await detailsOf(other))?.name.state).toBe('ERASED'));
  }, 60_000);
});
