import { randomUUID } from 'node:crypto';
import type { Principal } from '@spil/access';
import type { RefusalCode } from '@spil/domain';
import type { Answer, RunningSpil } from './spil.js';

type Input = Readonly<Record<string, unknown>>;

/** A step that was recorded. */
export interface Accepted {
  readonly __typename: 'StepAccepted';
  readonly id: string;
  readonly revision: string;
  readonly position: string;
  readonly registrationCode: string | null;
  readonly created: readonly { readonly kind: string; readonly id: string }[];
}

/** A step that was not. */
export interface Refused {
  readonly __typename: 'StepRefused';
  readonly code: RefusalCode;
  readonly rule: string | null;
  readonly field: string | null;
  readonly facts: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly message: { readonly nl: string; readonly en: string };
}

/** Sends a step as it is, with a command id of its own unless the input names one. */
export function send(
  spil: RunningSpil,
  principal: Principal,
  mutation: string,
  input: Input,
): Promise<Answer<{ step: Accepted | Refused }>> {
  return spil.query(principal, stepDocument(mutation), { input: { commandId: randomUUID(), ...input } });
}

/** The mutation of a step, asking for all that it can answer. */
export function stepDocument(mutation: string): string {
  const inputType = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${inputType}!) { step: ${mutation}(input: $input) {
    __typename
    ... on StepAccepted { id revision position registrationCode created { kind id } }
    ... on StepRefused { code rule field facts { name values } message { nl en } }
  } }`;
}

/** Takes a step that must be recorded. */
export async function accepted(
  spil: RunningSpil,
  principal: Principal,
  mutation: string,
  input: Input,
): Promise<Accepted> {
  const answer = await send(spil, principal, mutation, input);
  const step = answer.data?.step;
  if (step?.__typename !== 'StepAccepted') throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
  return step;
}

/** Takes a step that the domain must refuse. */
export async function refused(
  spil: RunningSpil,
  principal: Principal,
  mutation: string,
  input: Input,
): Promise<Refused> {
  const answer = await send(spil, principal, mutation, input);
  const step = answer.data?.step;
  if (step?.__typename !== 'StepRefused') throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
  return step;
}

/** The id of something that a step made. */
export function idOf({ created }: Accepted, kind: string): string {
  const id = created.find((one) => one.kind === kind)?.id;
  if (id === undefined) throw new Error(`the step made no ${kind}, but ${JSON.stringify(created)}`);
  return id;
}

/** Asks and expects an answer without errors. */
export async function answerTo<Data>(
  spil: RunningSpil,
  principal: Principal,
  document: string,
  variables: object = {},
): Promise<Data> {
  const { data, errors } = await spil.query<Data>(principal, document, variables);
  if (errors !== undefined || !data) throw new Error(`${document}: ${JSON.stringify(errors)}`);
  return data;
}

/** One case as the read model shows it once it has seen a step. */
export async function caseAfter<Shown>(
  spil: RunningSpil,
  principal: Principal,
  { id, position }: Pick<Accepted, 'id' | 'position'>,
  fields: string,
): Promise<Shown | null> {
  const document = `query ($id: Uuid!, $atLeast: AtLeastInput) { case(id: $id, atLeast: $atLeast) { ${fields} } }`;
  return (await answerTo<{ case: Shown | null }>(spil, principal, document, { id, atLeast: { position } }))
    .case;
}

/** The least that a first-line registration says. */
export const firstLineCase = {
  registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
  channel: 'PHONE',
  primaryArea: 'HUURRECHT',
  clientMunicipality: 'GM0344',
  client: { name: 'Ada Voorbeeld (fictief)', phone: '06 00000000' },
  clientQuestion: 'Mag de verhuurder dit?',
} as const;
