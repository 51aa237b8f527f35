import type { Principal } from '@spil/access';
import { eventually } from '../support/eventually.js';
import { people, step, type StepAnswer, type TestSystem } from '../support/system.js';

/** Guards the personal data of the Loket, and those of the law firm. */
export const officers = {
  loket: { ...people.colleague, subject: 'account-privacy-loket', role: 'PRIVACY_OFFICER', mayImport: false },
  firm: { ...people.lawyer, subject: 'account-privacy-firm', role: 'PRIVACY_OFFICER', mayImport: false },
} as const satisfies Record<string, Principal>;

type Asking = Pick<TestSystem, 'ask'>;
type Input = Readonly<Record<string, unknown>>;

/** Takes a step that must be recorded. */
export async function taken(
  system: Asking,
  principal: Principal,
  mutation: string,
  input: Input,
): Promise<StepAnswer> {
  const answer = await step(system, principal, mutation, input);
  if (answer.__typename !== 'StepAccepted')
    throw new Error(`${mutation} was refused: ${String(answer.code)}`);
  return answer;
}

/** Asks and expects an answer without errors. */
export async function told<Data>(
  system: Asking,
  principal: Principal,
  document: string,
  variables: Input = {},
): Promise<Data> {
  const { data, errors } = await system.ask(principal, document, variables);
  if (errors !== undefined || !data) throw new Error(JSON.stringify(errors));
  return data as Data;
}

export interface Erasure {
  readonly id: string;
  readonly state: string;
  readonly clientId: string;
  readonly certificate: {
    readonly erased: readonly {
      readonly caseId: string;
      readonly keyId: string | null;
      readonly recipients: readonly string[] | null;
    }[];
    readonly recipients: readonly { readonly organisationId: string; readonly name: string }[] | null;
    readonly kept: readonly { readonly caseId: string; readonly objection: string }[];
    readonly completedAt: string;
    readonly backupsUntil: string;
  } | null;
}

const fields = `id state clientId
  certificate { completedAt backupsUntil erased { caseId keyId destroyedAt recipients }
    recipients { organisationId name } kept { caseId objection until } }`;

export const erasureOf = async (system: Asking, officer: Principal, id: string): Promise<Erasure | null> =>
  (
    await told<{ erasure: Erasure | null }>(
      system,
      officer,
      `query ($id: Uuid!) { erasure(id: $id) { ${fields} } }`,
      { id },
    )
  ).erasure;

/** The erasure once there is a certificate. */
export const certified = (system: Asking, officer: Principal, id: string): Promise<Erasure> =>
  eventually(async () => {
    const erasure = await erasureOf(system, officer, id);
    if (erasure?.certificate == null) throw new Error(`no certificate yet: ${String(erasure?.state)}`);
    return erasure;
  });

/** A privacy officer takes a request in, orders it, and gets the certificate. */
export async function erased(system: Asking, officer: Principal, caseId: string): Promise<Erasure> {
  const { id } = await taken(system, officer, 'requestErasure', { caseId, identityCheck: 'SEEN_IN_PERSON' });
  await taken(system, officer, 'orderErasure', { erasureId: id });
  return certified(system, officer, id);
}

/** Ends the work on a case. */
export const closed = (system: Asking, principal: Principal, caseId: string): Promise<StepAnswer> =>
  taken(system, principal, 'closeCase', { caseId, outcome: 'SOLVED', solution: 'ADVICE' });
