import { defaultProgrammePolicy, type Day, type ProgrammePolicy } from '@spil/domain';
import type { ReadDatabase } from '../database.js';
import type {
  LocationEntry,
  OrganisationEntry,
  PolicyEntry,
  PolicyPeriod,
  ProfessionalEntry,
  ReferenceDocument,
} from './tables.js';

async function documents<Entry extends ReferenceDocument>(
  db: ReadDatabase,
  kind: Entry['kind'],
  filter: Readonly<Record<string, string | boolean | undefined>> = {},
): Promise<Entry[]> {
  const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const rows = await db.query<{ document: Entry }[]>(
    `SELECT document FROM read.reference_document WHERE kind = $1 AND document @> $2::jsonb ORDER BY stream`,
    [kind, JSON.stringify(wanted)],
  );
  return rows.map(({ document }) => document);
}

async function oneByStream<Entry extends ReferenceDocument>(
  db: ReadDatabase,
  stream: string,
): Promise<Entry | undefined> {
  const [row] = await db.query<{ document: Entry }[]>(
    'SELECT document FROM read.reference_document WHERE stream = $1',
    [stream],
  );
  return row?.document;
}

export const locations = (db: ReadDatabase): Promise<LocationEntry[]> =>
  documents<LocationEntry>(db, 'LOCATION');

export const organisations = (db: ReadDatabase): Promise<OrganisationEntry[]> =>
  documents<OrganisationEntry>(db, 'ORGANISATION');

/** Details are ciphertext. */
export const professionals = (
  db: ReadDatabase,
  filter: { readonly organisationId?: string; readonly locationId?: string; readonly active?: boolean } = {},
): Promise<ProfessionalEntry[]> => documents<ProfessionalEntry>(db, 'PROFESSIONAL', { ...filter });

export const locationById = (db: ReadDatabase, locationId: string): Promise<LocationEntry | undefined> =>
  oneByStream(db, `location-${locationId}`);

export const organisationById = (
  db: ReadDatabase,
  organisationId: string,
): Promise<OrganisationEntry | undefined> => oneByStream(db, `organisation-${organisationId}`);

export const professionalById = (
  db: ReadDatabase,
  professionalId: string,
): Promise<ProfessionalEntry | undefined> => oneByStream(db, `professional-${professionalId}`);

/** Professionals whose details are ordered to be erased and are not yet, by id. */
export const professionalsToErase = async (db: ReadDatabase): Promise<string[]> =>
  (
    await db.query<{ id: string }[]>(
      `SELECT document->>'professionalId' AS id FROM read.reference_document
       WHERE kind = 'PROFESSIONAL' AND document @> '{"erasure": "ORDERED"}' ORDER BY stream`,
    )
  ).map(({ id }) => id);

/** Programme policy of a location as set so far, earliest period first. */
export const policyPeriods = async (db: ReadDatabase, locationId: string): Promise<readonly PolicyPeriod[]> =>
  (await oneByStream<PolicyEntry>(db, `policy-${locationId}`))?.periods ?? [];

/** The policy in force at a location on a day (rule 4), and the revision that set it; the default's is null. */
export async function policyOnDay(
  db: ReadDatabase,
  locationId: string,
  day: Day,
): Promise<{ readonly policy: ProgrammePolicy; readonly revision: bigint | null }> {
  const inForce = (await policyPeriods(db, locationId)).findLast(({ from }) => from <= day);
  return inForce
    ? { policy: inForce.policy, revision: BigInt(inForce.revision) }
    : { policy: defaultProgrammePolicy, revision: null };
}
