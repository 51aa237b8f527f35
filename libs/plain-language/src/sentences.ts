import type { CaseEvent, FactReference, Party } from '@spil/domain';
import {
  attemptResult,
  consentForm,
  conversationResult,
  correctionReason,
  declineReason,
  emergencyVerdict,
  flagKind,
  legalArea,
  organisationKind,
  outcome,
  registrationKind,
  selfReliance,
  side,
  solution,
  toevoegingGround,
  toevoegingKind,
} from './terms.js';
import { text, type Text } from './text.js';

type Sentences = {
  readonly [Type in CaseEvent['type']]: (event: Extract<CaseEvent, { type: Type }>) => Text;
};

const whoIs = ({ professionalId, organisationId }: Party): Text =>
  text(
    `${professionalId} (organisatie ${organisationId})`,
    `${professionalId} (organisation ${organisationId})`,
  );

/** One sentence in each language from a template with words of both. */
const sentence = (make: (say: (word: Text) => string, language: 'nl' | 'en') => string): Text => ({
  nl: make((word) => word.nl, 'nl'),
  en: make((word) => word.en, 'en'),
});

const declinedFor = (nl: string, en: string, reason: Text): Text =>
  text(`${nl} Reden: ${reason.nl}.`, `${en} Reason: ${reason.en}.`);

/** A sentence for every step of a case; the compiler keeps it complete. Personal texts are not in it. */
const sentences: Sentences = {
  CaseRegistered: ({ registrationCode, registrationKind: kind, registeredBy, facts }) =>
    sentence((say, language) =>
      language === 'nl'
        ? `De casus is geregistreerd door ${say(whoIs(registeredBy))}, met code ${registrationCode}. Rechtsgebied: ${say(legalArea[facts.primaryArea])}. Soort: ${say(registrationKind[kind])}.`
        : `The case was registered by ${say(whoIs(registeredBy))}, with code ${registrationCode}. Area of law: ${say(legalArea[facts.primaryArea])}. Kind: ${say(registrationKind[kind])}.`,
    ),
  CounterpartRegistered: ({ registeredBy, side: which }) =>
    text(
      `${whoIs(registeredBy).nl} heeft voor ${side[which].nl} een eigen registratie gedaan.`,
      `${whoIs(registeredBy).en} made a registration for ${side[which].en}.`,
    ),
  RegistrationLinked: ({ role, hostCaseId, guestCaseId }) =>
    role === 'HOST'
      ? text(
          `De registratie van casus ${guestCaseId} is met deze casus verbonden.`,
          `The registration of case ${guestCaseId} was linked to this case.`,
        )
      : text(
          `Deze registratie is verbonden met casus ${hostCaseId}; daar gaat het werk verder.`,
          `This registration was linked to case ${hostCaseId}, where the work goes on.`,
        ),
  SelfRelianceAssessed: ({ outcome: assessed, wronglyAssumed }) =>
    text(
      `De rechtzoekende is beoordeeld als ${selfReliance[assessed].nl}.${wronglyAssumed ? ' Zelfredzaamheid was ten onrechte aangenomen.' : ''}`,
      `The client was assessed as ${selfReliance[assessed].en}.${wronglyAssumed ? ' Self-reliance had been wrongly assumed.' : ''}`,
    ),
  CoordinatorAssigned: ({ coordinator }) =>
    text(
      `${whoIs(coordinator).nl} heeft de coördinerende rol gekregen.`,
      `${whoIs(coordinator).en} became the case coordinator.`,
    ),
  CoordinatorTransferred: ({ from, to, reason }) => {
    const why = {
      AGREED: text('in overleg', 'by agreement'),
      ABSENT: text('wegens afwezigheid', 'because of absence'),
      LEFT: text('wegens vertrek', 'because of leaving'),
      HANDOVER: text('door de overdracht', 'by the handover'),
    }[reason];
    return text(
      `De coördinerende rol is ${why.nl} overgegaan van ${whoIs(from).nl} naar ${whoIs(to).nl}.`,
      `Coordination passed ${why.en} from ${whoIs(from).en} to ${whoIs(to).en}.`,
    );
  },
  PiketRequested: ({ askedBy, askedKind, route, area }) => {
    const by = {
      LOCAL_DESK: text('via de lokale piketdienst', 'through the local piket desk'),
      HELPLINE: text('via de landelijke helplijn', 'through the national helpline'),
      NAMED_COLLEAGUE: text('bij een met name genoemde collega', 'from a named colleague'),
    }[route];
    return text(
      `${whoIs(askedBy).nl} heeft ${by.nl} om een gesprek met ${organisationKind[askedKind].nl} gevraagd over ${legalArea[area].nl}.`,
      `${whoIs(askedBy).en} asked ${by.en} for a conversation with ${organisationKind[askedKind].en} about ${legalArea[area].en}.`,
    );
  },
  ContactAttempted: ({ result }) =>
    text(
      `Een poging tot contact: ${attemptResult[result].nl}.`,
      `An attempt to make contact: ${attemptResult[result].en}.`,
    ),
  ContactSucceeded: ({ reachedKind, attempts }) =>
    text(
      `Er was contact met ${organisationKind[reachedKind].nl}, na ${attempts} ${attempts === 1 ? 'poging' : 'pogingen'}.`,
      `Contact was made with ${organisationKind[reachedKind].en}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}.`,
    ),
  PiketRequestEscalated: ({ to }) =>
    to === 'HELPLINE'
      ? text(
          'Het piketverzoek is doorgezet naar de landelijke helplijn.',
          'The piket request was passed on to the national helpline.',
        )
      : text(
          'Het piketverzoek is doorgezet naar de volgende op het rooster.',
          'The piket request was passed on to the next on the roster.',
        ),
  PiketRequestWithdrawn: () => text('Het piketverzoek is ingetrokken.', 'The piket request was withdrawn.'),
  PiketRequestExpired: () => text('Het piketverzoek is verlopen.', 'The piket request expired.'),
  PiketConversationRecorded: ({ recordedBy, side: which, account }) =>
    text(
      `${whoIs(recordedBy).nl} heeft het gesprek vastgelegd voor ${side[which].nl}: ${conversationResult[account.result].nl}.`,
      `${whoIs(recordedBy).en} recorded the conversation for ${side[which].en}: ${conversationResult[account.result].en}.`,
    ),
  CaseReferred: ({ referredBy, to, direction, warmth }) =>
    text(
      `${whoIs(referredBy).nl} heeft de casus ${warmth === 'WARM' ? 'warm' : 'koud'} ${direction === 'BACK' ? 'terugverwezen' : 'doorverwezen'} naar organisatie ${to.organisationId}.`,
      `${whoIs(referredBy).en} referred the case ${direction === 'BACK' ? 'back ' : ''}to organisation ${to.organisationId}, ${warmth === 'WARM' ? 'warm' : 'cold'}.`,
    ),
  ReferralAccepted: ({ acceptedBy }) =>
    text(
      `${whoIs(acceptedBy).nl} heeft de doorverwijzing aangenomen.`,
      `${whoIs(acceptedBy).en} accepted the referral.`,
    ),
  ReferralDeclined: ({ declinedBy, reason }) =>
    declinedFor(
      `${whoIs(declinedBy).nl} heeft de doorverwijzing niet aangenomen.`,
      `${whoIs(declinedBy).en} declined the referral.`,
      declineReason[reason],
    ),
  ReferralLapsed: () =>
    text(
      'De doorverwijzing is niet op tijd beantwoord en vervallen.',
      'The referral was not answered in time and lapsed.',
    ),
  ToevoegingRequested: ({ kind }) =>
    text(
      `Een toevoeging is aangevraagd: ${toevoegingKind[kind].nl}.`,
      `Subsidised legal aid was requested: ${toevoegingKind[kind].en}.`,
    ),
  ToevoegingGranted: () => text('De toevoeging is verleend.', 'Subsidised legal aid was granted.'),
  ToevoegingRefused: ({ ground }) =>
    text(
      `De toevoeging is geweigerd op grond van ${toevoegingGround[ground].nl}.`,
      `Subsidised legal aid was refused on the ground of ${toevoegingGround[ground].en}.`,
    ),
  HandoverPrepared: ({ preparedBy }) =>
    text(
      `${whoIs(preparedBy).nl} heeft een overdrachtsformulier gemaakt.`,
      `${whoIs(preparedBy).en} prepared a handover dossier.`,
    ),
  HandoverConsentGiven: ({ form }) =>
    text(
      `De rechtzoekende heeft ${consentForm[form].nl} toestemming gegeven voor de overdracht.`,
      `The client consented ${consentForm[form].en} to the handover.`,
    ),
  HandoverConsentRefused: () =>
    text(
      'De rechtzoekende heeft geen toestemming gegeven voor de overdracht.',
      'The client did not consent to the handover.',
    ),
  HandoverConsentWithdrawn: () =>
    text(
      'De rechtzoekende heeft de toestemming voor de overdracht ingetrokken.',
      'The client withdrew the consent to the handover.',
    ),
  HandoverOffered: ({ offeredBy, to }) =>
    text(
      `${whoIs(offeredBy).nl} heeft de overdracht aangeboden aan ${whoIs(to).nl}.`,
      `${whoIs(offeredBy).en} offered the handover to ${whoIs(to).en}.`,
    ),
  HandoverAccepted: ({ acceptedBy }) =>
    text(
      `${whoIs(acceptedBy).nl} heeft de overdracht aangenomen.`,
      `${whoIs(acceptedBy).en} accepted the handover.`,
    ),
  WarmHandoverCompleted: ({ completedBy }) =>
    text(
      `De warme overdracht is voltooid: ${whoIs(completedBy).nl} heeft contact gehad met de rechtzoekende.`,
      `The warm handover was completed: ${whoIs(completedBy).en} had contact with the client.`,
    ),
  HandoverDeclined: ({ declinedBy, reason }) =>
    declinedFor(
      `${whoIs(declinedBy).nl} heeft de overdracht niet aangenomen.`,
      `${whoIs(declinedBy).en} declined the handover.`,
      declineReason[reason],
    ),
  HandoverLapsed: () =>
    text(
      'De overdracht is niet op tijd aangenomen en terug bij de afzender.',
      'The handover was not accepted in time and came back to the sender.',
    ),
  FlaggedForSignalering: ({ flaggedBy, kind }) =>
    text(
      `${whoIs(flaggedBy).nl} heeft de casus aangemerkt voor signalering${kind === null ? '' : `: ${flagKind[kind].nl}`}.`,
      `${whoIs(flaggedBy).en} flagged the case for signalering${kind === null ? '' : `: ${flagKind[kind].en}`}.`,
    ),
  FlagWithdrawn: ({ reason }) =>
    text(
      `De aanmerking voor signalering is ingetrokken wegens ${correctionReason[reason].nl}.`,
      `The flag for signalering was withdrawn because of ${correctionReason[reason].en}.`,
    ),
  CaseClosed: ({ closedBy, outcome: ended, solution: how }) =>
    text(
      `${whoIs(closedBy).nl} heeft de casus gesloten: ${outcome[ended].nl}, door ${solution[how].nl}.`,
      `${whoIs(closedBy).en} closed the case: ${outcome[ended].en}, by ${solution[how].en}.`,
    ),
  CaseReopened: ({ reopenedBy, reason }) => {
    const why = {
      CLIENT_RETURNED: text('de rechtzoekende kwam terug', 'the client came back'),
      CLOSED_TOO_SOON: text('te vroeg gesloten', 'closed too soon'),
      NEW_FACTS: text('nieuwe feiten', 'new facts'),
    }[reason];
    return text(
      `${whoIs(reopenedBy).nl} heeft de casus heropend: ${why.nl}.`,
      `${whoIs(reopenedBy).en} reopened the case: ${why.en}.`,
    );
  },
  RegistrationCorrected: ({ reason }) =>
    text(
      `Een registratie is verbeterd wegens ${correctionReason[reason].nl}.`,
      `A registration was corrected because of ${correctionReason[reason].en}.`,
    ),
  ConversationCorrected: ({ side: which, reason }) =>
    text(
      `Het verslag van het gesprek door ${side[which].nl} is verbeterd wegens ${correctionReason[reason].nl}.`,
      `The account of the conversation by ${side[which].en} was corrected because of ${correctionReason[reason].en}.`,
    ),
  ConflictWallRaised: ({ raisedBy, against }) => {
    const them =
      'professionalId' in against
        ? text(against.professionalId, against.professionalId)
        : text(`organisatie ${against.organisationId}`, `organisation ${against.organisationId}`);
    return text(
      `${whoIs(raisedBy).nl} heeft vastgelegd dat ${them.nl} optreedt voor de andere partij en de casus niet mag zien.`,
      `${whoIs(raisedBy).en} recorded that ${them.en} acts for the other party and may not see the case.`,
    );
  },
  ConflictWallLifted: ({ liftedBy }) =>
    text(
      `${whoIs(liftedBy).nl} heeft de afscherming voor de andere partij opgeheven.`,
      `${whoIs(liftedBy).en} lifted the wall against the other party.`,
    ),
  EmergencyAccessTaken: ({ takenBy }) =>
    text(
      `${whoIs(takenBy).nl} heeft in een noodgeval tijdelijk toegang genomen, met opgave van reden.`,
      `${whoIs(takenBy).en} took access for a short time in an emergency, giving a reason.`,
    ),
  EmergencyAccessReviewed: ({ reviewedBy, verdict }) =>
    text(
      `${whoIs(reviewedBy).nl} heeft de noodtoegang beoordeeld: ${emergencyVerdict[verdict].nl}.`,
      `${whoIs(reviewedBy).en} reviewed the emergency access: ${emergencyVerdict[verdict].en}.`,
    ),
  ClientErasureOrdered: ({ organisationId }) =>
    text(
      `Er is opdracht gegeven om de persoonsgegevens te wissen waarvoor organisatie ${organisationId} verantwoordelijk is.`,
      `The erasure was ordered of the personal data for which organisation ${organisationId} is responsible.`,
    ),
  ClientDataErased: ({ organisationId }) =>
    text(
      `De persoonsgegevens waarvoor organisatie ${organisationId} verantwoordelijk is, zijn voorgoed gewist.`,
      `The personal data for which organisation ${organisationId} is responsible were erased for ever.`,
    ),
  FactEnteredInError: ({ fact, reason }) =>
    text(
      `${factKind[fact.kind].nl} blijkt ten onrechte ingevoerd, wegens ${correctionReason[reason].nl}.`,
      `${factKind[fact.kind].en} turned out to be entered in error, because of ${correctionReason[reason].en}.`,
    ),
};

const factKind: Readonly<Record<FactReference['kind'], Text>> = {
  CONTACT_ATTEMPT: text('Een poging tot contact', 'An attempt to make contact'),
  CONTACT: text('Een contact', 'A contact'),
  CONVERSATION_ACCOUNT: text('Een verslag van een gesprek', 'An account of a conversation'),
  SELF_RELIANCE_ASSESSMENT: text('Een beoordeling van de zelfredzaamheid', 'An assessment of self-reliance'),
  TOEVOEGING: text('Een toevoeging', 'A request for subsidised legal aid'),
};

/** Every type of event that has a sentence, which is every one there is. */
export const toldEventTypes = Object.keys(sentences) as CaseEvent['type'][];

/** What an event says, in plain words; ids instead of names, and no personal text. */
export const sentenceOf = (event: CaseEvent): Text =>
  (sentences[event.type] as (told: CaseEvent) => Text)(event);
