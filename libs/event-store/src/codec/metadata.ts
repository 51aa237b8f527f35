import type { Actor, EventMetadata, Mandate } from '@spil/domain';
import { isJsonObject, type JsonObject } from './json.js';

/** A stored event of a known type does not have the shape that every event has. */
export class MalformedEvent extends Error {
  constructor(what: string, place: { stream: string; revision: bigint }) {
    super(`${what} of event ${place.revision.toString()} on ${place.stream} is malformed`);
    this.name = 'MalformedEvent';
  }
}

const mandates: readonly string[] = [
  'CASEWORK',
  'IMPORT',
  'ADMINISTRATION',
  'DATA_PROTECTION',
  'PROCESS',
] satisfies Mandate[];

const isMandate = (value: unknown): value is Mandate => typeof value === 'string' && mandates.includes(value);

const haveText = (value: JsonObject, names: readonly string[]): boolean =>
  names.every((name) => typeof value[name] === 'string');

function isActor(value: unknown): value is Actor {
  if (!isJsonObject(value)) return false;
  return value['kind'] === 'SYSTEM'
    ? haveText(value, ['process'])
    : value['kind'] === 'PROFESSIONAL' &&
        haveText(value, ['professionalId', 'organisationId', 'organisationKind', 'locationId']);
}

const isNumberIfAny = (value: unknown): boolean => value === undefined || typeof value === 'number';

/** Whether stored metadata have everything that decisions, projections and auditors rely on. */
export const isEventMetadata = (value: unknown): value is EventMetadata =>
  isJsonObject(value) &&
  haveText(value, ['commandId', 'correlationId', 'causationId', 'recordedAt', 'fingerprint']) &&
  typeof value['schemaVersion'] === 'number' &&
  isNumberIfAny(value['policyRevision']) &&
  isNumberIfAny(value['rulesVersion']) &&
  isMandate(value['mandate']) &&
  isActor(value['actor']);
