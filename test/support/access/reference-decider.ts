/**
 * The access policy a third time, as a plain table and without any of the product's code: what the policy text, the database and
 * this table say must be the same. Whoever changes the policy changes this too, on purpose.
 */

type Words = readonly string[];

interface Rule {
  readonly roles: Words;
  /** Undefined: whatever. */
  readonly relations?: Words;
  readonly purposes: Words;
  readonly statuses?: Words;
  /** Also without the client's consent to the handover that it rests on. */
  readonly withoutConsent?: true;
  readonly actions: Words;
}

const caseworkers = ['PROFESSIONAL', 'COORDINATOR'];
const working = ['OWNER', 'COORDINATOR', 'PARTICIPANT', 'CONSULTED'];
const reading = ['LIST_CASE', 'SEE_CASE', 'SEE_PERSONAL_DATA', 'SEE_DOSSIER', 'SEE_HISTORY'];
const any = { withoutConsent: true } as const;

const rules: readonly Rule[] = [
  {
    roles: caseworkers,
    relations: working,
    purposes: ['CASEWORK'],
    actions: [...reading, 'ACT_ON_CASE', 'ANSWER_OFFER', 'RAISE_WALL'],
  },
  { roles: caseworkers, relations: working, purposes: ['SUBJECT_ACCESS'], actions: reading },
  {
    roles: caseworkers,
    relations: ['OFFERED'],
    purposes: ['CASEWORK'],
    statuses: ['OPEN'],
    actions: ['LIST_CASE', 'SEE_CASE', 'SEE_DOSSIER', 'ANSWER_OFFER'],
  },
  { roles: caseworkers, purposes: ['CASEWORK'], actions: ['LINK_BY_CODE'], ...any },
  { roles: caseworkers, purposes: ['EMERGENCY'], actions: ['TAKE_EMERGENCY_ACCESS'], ...any },
  { roles: caseworkers, relations: ['EMERGENCY'], purposes: ['EMERGENCY'], actions: reading, ...any },
  {
    roles: ['COORDINATOR'],
    relations: ['OWNING_ORGANISATION'],
    purposes: ['CASEWORK'],
    actions: ['REVIEW_EMERGENCY_ACCESS', 'LIFT_WALL'],
    ...any,
  },
  {
    roles: ['PRIVACY_OFFICER'],
    relations: ['OWNING_ORGANISATION'],
    purposes: ['DATA_PROTECTION'],
    actions: ['REVIEW_EMERGENCY_ACCESS', 'LIFT_WALL'],
    ...any,
  },
  {
    roles: ['PRIVACY_OFFICER'],
    relations: ['CONTROLLER'],
    purposes: ['DATA_PROTECTION', 'SUBJECT_ACCESS'],
    actions: ['LIST_CASE', 'SEE_CASE', 'SEE_HISTORY', 'SEE_ACCESS_LOG'],
    ...any,
  },
  {
    roles: ['PRIVACY_OFFICER'],
    relations: ['CONTROLLER'],
    purposes: ['SUBJECT_ACCESS'],
    actions: ['COLLECT_FOR_CLIENT'],
    ...any,
  },
  { roles: ['PRIVACY_OFFICER'], purposes: ['DATA_PROTECTION'], actions: ['FORGET_CLIENT'], ...any },
  { roles: ['AUDITOR'], purposes: ['AUDIT'], actions: ['SEE_HISTORY', 'SEE_ACCESS_LOG'], ...any },
];

export interface Asked {
  readonly role: string;
  readonly purpose: string;
  readonly action: string;
  readonly status: string;
  readonly standings: readonly {
    readonly relation: string;
    readonly consent: string;
    /** Of a wall: against the organisation, not the person. */
    readonly ofOrganisation?: boolean;
  }[];
}

/** Whether somebody with these standings may do this. */
export const referenceDecides = ({ role, purpose, action, status, standings }: Asked): boolean =>
  !standings.some(
    ({ relation, ofOrganisation }) =>
      relation === 'WALLED' && !(ofOrganisation === true && action === 'FORGET_CLIENT'),
  ) &&
  [...standings, { relation: 'NONE', consent: 'NOT_NEEDED' }].some(({ relation, consent }) =>
    rules.some(
      (rule) =>
        rule.roles.includes(role) &&
        (rule.relations?.includes(relation) ?? true) &&
        rule.purposes.includes(purpose) &&
        (rule.statuses?.includes(status) ?? true) &&
        (rule.withoutConsent === true || consent !== 'MISSING') &&
        rule.actions.includes(action),
    ),
  );
