import {
  idNamed,
  PilotRefused,
  PilotUnavailable,
  type CommandEnvelope,
  type NewIds,
  type PilotSink,
  type StepEnvelope,
} from './pilot-sink.js';
import type { Account, Contact, PilotProfessional, Question, Registration } from './steps.js';

/** Where the plan is sent, and as whom. */
export interface GraphQLSinkOptions {
  /** Of the coordination service, for example `http://127.0.0.1:4000/graphql`. */
  readonly endpoint: string;
  /** A token with the import mandate: of a professional, or of the administrator for reference data. */
  readonly tokenFor: (sender: PilotProfessional | 'admin') => Promise<string>;
  /** Told the place in the log of every accepted step. */
  readonly onPosition?: (position: bigint) => void;
}

const mutations = [
  'registerLocation',
  'registerOrganisation',
  'registerProfessional',
  'setProgrammePolicy',
  'registerCase',
  'registerCaseWithConversation',
  'registerCounterpart',
  'requestPiket',
  'recordContactAttempt',
  'withdrawPiketRequest',
  'recordContact',
  'recordConversation',
  'assessSelfReliance',
  'assignCoordinator',
  'transferCoordinator',
  'referCase',
  'acceptReferral',
  'declineReferral',
  'requestToevoeging',
  'grantToevoeging',
  'refuseToevoeging',
  'prepareHandover',
  'giveHandoverConsent',
  'offerHandover',
  'acceptHandover',
  'completeHandover',
  'declineHandover',
  'closeCase',
] as const;
/** The steps that a pilot is made of. */
type PilotMutation = (typeof mutations)[number];

interface Accepted {
  readonly __typename: 'StepAccepted';
  readonly id: string;
  readonly position: string;
  readonly registrationCode: string | null;
  readonly created: readonly { readonly kind: string; readonly id: string }[];
}

interface Refused {
  readonly __typename: 'StepRefused';
  readonly code: string;
  readonly field: string | null;
  readonly message: { readonly en: string };
}

interface Answer {
  readonly data?: Readonly<Record<string, Accepted | Refused>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends the plan's steps as the same GraphQL mutations that people use, under the import mandate. */
export function graphqlSink({ endpoint, tokenFor, onPosition }: GraphQLSinkOptions): PilotSink {
  const send = async (
    mutation: PilotMutation,
    sender: PilotProfessional | 'admin',
    { commandId, occurredAt }: CommandEnvelope,
    facts: object,
  ): Promise<Accepted> => {
    const input = { commandId, occurredAt, asImport: true, ...facts };
    const answer = await post(endpoint, await tokenFor(sender), documentOf(mutation), { input });
    const payload = answer.data?.[mutation];
    if (payload?.__typename === 'StepAccepted') {
      onPosition?.(BigInt(payload.position));
      return payload;
    }
    if (payload !== undefined) {
      throw new PilotRefused(`${mutation}: ${payload.code} ${payload.field ?? ''} (${payload.message.en})`);
    }
    const [error] = answer.errors ?? [];
    const code = error?.extensions?.code;
    if (code === 'UNAVAILABLE') throw new PilotUnavailable(mutation);
    throw new PilotRefused(`${mutation}: ${code ?? 'no answer'} ${error?.message ?? ''}`);
  };
  const onCase = (mutation: PilotMutation, envelope: StepEnvelope, facts: object) =>
    send(mutation, envelope.by, envelope, { caseId: idNamed(envelope.ids, 'case'), ...facts });
  const idsOf = async (sent: Promise<Accepted>, names: Readonly<Record<string, string>>): Promise<NewIds> => {
    const { created } = await sent;
    return Object.fromEntries(created.flatMap(({ kind, id }) => (names[kind] ? [[names[kind], id]] : [])));
  };
  const opened = async (sent: Promise<Accepted>): Promise<NewIds> => {
    const accepted = await sent;
    const names = { registration: 'registration', piketRequest: 'request', conversation: 'conversation' };
    const ids = await idsOf(Promise.resolve(accepted), names);
    return { ...ids, case: accepted.id, registrationCode: accepted.registrationCode ?? '' };
  };
  const step = async (sent: Promise<Accepted>): Promise<NewIds> => {
    await sent;
    return {};
  };

  return {
    registerLocation: async ({ id, name, municipalities, arrondissement }, envelope) => {
      await send('registerLocation', 'admin', envelope, {
        locationId: id,
        name,
        municipalities,
        arrondissement,
      });
    },
    registerOrganisation: async ({ id, name, kind }, envelope) => {
      await send('registerOrganisation', 'admin', envelope, {
        organisationId: id,
        name,
        organisationKind: kind,
      });
    },
    registerProfessional: async ({ id, organisation, location, name, email, phone }, envelope) => {
      await send('registerProfessional', 'admin', envelope, {
        professionalId: id,
        organisationId: organisation.id,
        locationId: location.id,
        details: { name, email, phone },
      });
    },
    setPolicy: async ({ location, from, policy }, envelope) => {
      await send('setProgrammePolicy', 'admin', envelope, { locationId: location.id, from, policy });
    },

    registerCase: (content, envelope) =>
      opened(send('registerCase', envelope.by, envelope, registrationIn(content))),
    registerCaseWithConversation: ({ registration, request, failedAttempts, contact, account }, envelope) =>
      opened(
        send('registerCaseWithConversation', envelope.by, envelope, {
          registration: registrationIn(registration),
          request: request && questionIn(request),
          failedAttempts,
          contact: contactIn(contact),
          account: account && accountIn(account),
        }),
      ),
    registerCounterpart: ({ side, note, signaleringRelevance, account }, envelope) =>
      idsOf(
        send('registerCounterpart', envelope.by, envelope, {
          registrationCode: idNamed(envelope.ids, 'registrationCode'),
          side,
          note,
          signaleringRelevance,
          account: account && accountIn(account),
        }),
        { registration: 'counterpart' },
      ),
    requestPiket: (content, envelope) =>
      idsOf(onCase('requestPiket', envelope, questionIn(content)), { piketRequest: 'request' }),
    recordContactAttempt: ({ result }, envelope) =>
      step(
        onCase('recordContactAttempt', envelope, {
          piketRequestId: idNamed(envelope.ids, 'request'),
          result,
        }),
      ),
    withdrawPiketRequest: (_content, envelope) =>
      step(onCase('withdrawPiketRequest', envelope, { piketRequestId: idNamed(envelope.ids, 'request') })),
    recordContact: ({ afterRequest, ...contact }, envelope) =>
      idsOf(
        onCase('recordContact', envelope, {
          piketRequestId: afterRequest ? idNamed(envelope.ids, 'request') : null,
          ...contactIn(contact),
        }),
        { conversation: 'conversation' },
      ),
    recordConversation: ({ side, account }, envelope) =>
      step(
        onCase('recordConversation', envelope, {
          conversationId: idNamed(envelope.ids, 'conversation'),
          registrationId: idNamed(
            envelope.ids,
            side === 'CONSULTED' && envelope.ids.has('counterpart') ? 'counterpart' : 'registration',
          ),
          side,
          account: accountIn(account),
        }),
      ),
    assessSelfReliance: (content, envelope) => step(onCase('assessSelfReliance', envelope, content)),
    assignCoordinator: ({ coordinator }, envelope) =>
      step(onCase('assignCoordinator', envelope, { professionalId: coordinator.id })),
    transferCoordinator: ({ to, reason }, envelope) =>
      step(onCase('transferCoordinator', envelope, { toProfessionalId: to.id, reason })),
    referCase: ({ referral, to, manner, toevoegingKind }, envelope) =>
      idsOf(
        onCase('referCase', envelope, {
          toOrganisationId: to.organisation.id,
          toProfessionalId: to.professional?.id ?? null,
          warmth: manner.warmth,
          coldReason: manner.warmth === 'COLD' ? manner.coldReason : null,
          toevoegingKind,
        }),
        { referral, ...(manner.warmth === 'WARM' && { handover: manner.handover }) },
      ),
    acceptReferral: ({ referral }, envelope) =>
      step(onCase('acceptReferral', envelope, { referralId: idNamed(envelope.ids, referral) })),
    declineReferral: ({ referral, reason, explanation }, envelope) =>
      step(
        onCase('declineReferral', envelope, {
          referralId: idNamed(envelope.ids, referral),
          reason,
          explanation,
        }),
      ),
    requestToevoeging: ({ toevoeging, referral, kind }, envelope) =>
      idsOf(onCase('requestToevoeging', envelope, { kind, referralId: idNamed(envelope.ids, referral) }), {
        toevoeging,
      }),
    grantToevoeging: ({ toevoeging }, envelope) =>
      step(onCase('grantToevoeging', envelope, { toevoegingId: idNamed(envelope.ids, toevoeging) })),
    refuseToevoeging: ({ toevoeging, ground }, envelope) =>
      step(onCase('refuseToevoeging', envelope, { toevoegingId: idNamed(envelope.ids, toevoeging), ground })),
    prepareHandover: ({ handover, referral, dossier }, envelope) =>
      step(
        onCase('prepareHandover', envelope, {
          handoverId: idNamed(envelope.ids, handover),
          referralId: idNamed(envelope.ids, referral),
          dossier: { caseSketch: dossier, senderContact: envelope.by.phone },
        }),
      ),
    giveHandoverConsent: ({ handover, form }, envelope) =>
      step(onCase('giveHandoverConsent', envelope, { handoverId: idNamed(envelope.ids, handover), form })),
    offerHandover: ({ handover, to }, envelope) =>
      step(
        onCase('offerHandover', envelope, {
          handoverId: idNamed(envelope.ids, handover),
          toProfessionalId: to.id,
        }),
      ),
    acceptHandover: ({ handover }, envelope) =>
      step(onCase('acceptHandover', envelope, { handoverId: idNamed(envelope.ids, handover) })),
    completeHandover: ({ handover }, envelope) =>
      step(onCase('completeHandover', envelope, { handoverId: idNamed(envelope.ids, handover) })),
    declineHandover: ({ handover, reason, explanation }, envelope) =>
      step(
        onCase('declineHandover', envelope, {
          handoverId: idNamed(envelope.ids, handover),
          reason,
          explanation,
        }),
      ),
    closeCase: (content, envelope) => step(onCase('closeCase', envelope, content)),
  };
}

const registrationIn = ({ kind, ...facts }: Registration) => ({ registrationKind: kind, ...facts });
const questionIn = (question: Question) => ({ ...question });
const contactIn = ({ reached, ...contact }: Contact) => ({
  ...contact,
  reachedProfessionalId: reached?.id ?? null,
});
const accountIn = (account: Account) => ({ ...account });

const documentOf = (
  mutation: PilotMutation,
): string => `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) {
  ${mutation}(input: $input) {
    __typename
    ... on StepAccepted { id position registrationCode created { kind id } }
    ... on StepRefused { code field message { en } }
  }
}`;

/** Every document that the load sends. */
export const pilotDocuments: readonly string[] = mutations.map(documentOf);

async function post(endpoint: string, token: string, query: string, variables: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
  } catch (cause) {
    throw new PilotUnavailable('the service cannot be reached', { cause });
  }
  if (response.status >= 500) throw new PilotUnavailable(`the service answers ${response.status}`);
  return (await response.json()) as Answer;
}
