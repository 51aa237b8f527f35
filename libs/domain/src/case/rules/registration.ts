import type { OrganisationKind } from '../../shared/decider.js';
import { isSecondLine } from '../../shared/lines.js';
import { refuse, type Refusal } from '../../shared/refusal.js';
import type { FlaggedForSignalering, Party, RegistrationFacts } from '../events.js';
import { byId, type CaseFile, type CounterpartRegistration, type OwnRegistration } from '../state.js';
import type { ConversationSide, RegistrationKind, SignaleringRelevance } from '../terms.js';
import type { Act } from './acting.js';

/** A registration kind belongs to one line; partners register as the first line does (R 1.2, R 1.5, R 2.3.2). */
export const kindFitsOrganisation = (
  registrationKind: RegistrationKind,
  organisationKind: OrganisationKind,
): Refusal | null =>
  registrationKind.startsWith('SECOND_LINE') === isSecondLine(organisationKind)
    ? null
    : refuse('REGISTRATION_KIND_NOT_FOR_ORGANISATION', {
        rule: 'R 2.3',
        field: 'registrationKind',
        facts: { registrationKind, organisationKind },
      });

/** A second-line response without a code asserts that the first line made contact (R 2.3.2, rule 8). */
export const assertsContact = (kind: RegistrationKind): boolean =>
  kind === 'SECOND_LINE_RESPONSE_WITHOUT_CODE';

/** On which side of a conversation the registration that opens a case stands: a response was consulted, the rest ask. */
export const ownSideOf = (kind: RegistrationKind): ConversationSide =>
  assertsContact(kind) ? 'CONSULTED' : 'ASKING';

/** Only a second-line registration that no code could link at the time may become a guest elsewhere (rule 8). */
export const isLinkable = (kind: RegistrationKind): boolean =>
  kind === 'SECOND_LINE_RESPONSE_WITHOUT_CODE' || kind === 'SECOND_LINE_OWN_SIGNALERING';

/** A case has one primary area and further ones: each once, so that no figure counts an area twice. */
export const withEachAreaOnce = (facts: RegistrationFacts): RegistrationFacts => ({
  clientMunicipality: facts.clientMunicipality,
  channel: facts.channel,
  primaryArea: facts.primaryArea,
  furtherAreas: [...new Set(facts.furtherAreas)].filter((area) => area !== facts.primaryArea),
  lifeDomains: [...new Set(facts.lifeDomains)],
  opposingPartyKind: facts.opposingPartyKind,
  opposingPartyName: facts.opposingPartyName,
  clientQuestion: facts.clientQuestion,
  professionalQuestion: facts.professionalQuestion,
  signaleringRelevance: facts.signaleringRelevance,
});

/** A registration that is relevant for signalering flags the case; the themes may follow (R 2.3). */
export const flagOnRelevance = (
  relevance: SignaleringRelevance,
  flag: { readonly caseId: string; readonly registrationId: string; readonly flagId: string },
  act: Act,
): readonly FlaggedForSignalering[] =>
  relevance === 'YES'
    ? [
        {
          type: 'FlaggedForSignalering',
          caseId: flag.caseId,
          occurredAt: act.at,
          flagId: flag.flagId,
          registrationId: flag.registrationId,
          flaggedBy: act.by,
          kind: null,
          themes: [],
          selfRelianceWronglyAssumed: false,
          gapInLegalAid: false,
          bestPracticeCandidate: false,
          note: null,
        },
      ]
    : [];

/** Each side speaks through its own registration only (rule 8): one of the actor's organisation, on this stream. */
export const ownRegistration = (
  file: CaseFile,
  registrationId: string,
  by: Party,
): OwnRegistration | CounterpartRegistration | Refusal => {
  const registration = byId(file.registrations, registrationId);
  if (registration === undefined) return refuse('REGISTRATION_NOT_FOUND', { field: 'registrationId' });
  if (registration.role === 'LINKED') {
    return refuse('CASE_LINKED_ELSEWHERE', {
      rule: 'rule 8',
      field: 'registrationId',
      facts: { guestCaseId: registration.guestCaseId },
    });
  }
  return registration.registeredBy.organisationId === by.organisationId
    ? registration
    : refuse('NOT_A_PARTICIPANT', { rule: 'rule 8', field: 'registrationId' });
};
