import {
  dayInNetherlands,
  type CaseEvent,
  type ConversationAccount,
  type ConversationSide,
  type Instant,
  type Party,
  type ProfessionalEvent,
} from '@spil/domain';
import type { StoredEvent } from '@spil/event-store';
import { leadTimeBucket, type FigureFilter } from '@spil/read-model';
import { figuresProjection } from '../../../apps/projection-worker/src/figures/figures.projection.js';

/** Anything that can be counted. */
interface Thing {
  readonly by: Pick<Party, 'organisationKind' | 'locationId' | 'professionalId'>;
  readonly on: string;
  readonly area: string;
  readonly municipality: string | null;
  readonly label: string;
  readonly other?: string;
}

/** Every figure, counted the slow and plain way: by looking at all events again for each. */
export function naiveFigures(log: readonly StoredEvent[], filter: FigureFilter): Record<string, unknown> {
  const events = known(log, filter.asOf);
  const cases = [...grouped(events).values()].flatMap((history) =>
    history[0]?.type === 'CaseRegistered' ? [new NaiveCase(history as CaseEvent[])] : [],
  );
  const wanted = (things: readonly Thing[]): Thing[] => things.filter((thing) => matches(thing, filter));
  const all = (of: (one: NaiveCase) => readonly Thing[]): Thing[] => wanted(cases.flatMap(of));

  const registered = all((one) => one.registrations());
  const answers = all((one) => one.relevance());
  const complete = all((one) => one.complete());
  const lat = all((one) => one.lat());
  const outcomes = all((one) => one.contactOutcome());
  const rated = all((one) => one.ratings());
  return {
    users: users(events, registered, filter),
    registrationsByOrganisationKind: counts(registered, ({ by }) => by.organisationKind),
    registrationsByLocation: counts(registered, ({ by }) => by.locationId),
    registrationsByArea: counts(registered, ({ area }) => area),
    registrationsByKind: pairs(registered, 'organisationKind', 'registrationKind', ({ label }) => label),
    relevanceByLocation: relevance(answers, ({ by }) => by.locationId),
    relevanceByArea: relevance(answers, ({ area }) => area),
    completeByLocation: counts(complete, ({ by }) => by.locationId),
    completeByArea: counts(complete, ({ area }) => area),
    completeByPair: pairs(complete, 'askingKind', 'otherKind', ({ other }) => other ?? ''),
    conversationsSought: pairs(
      all((one) => one.sought()),
      'askingKind',
      'otherKind',
      ({ other }) => other ?? '',
    ),
    contactsByPair: counts(
      all((one) => one.contacts()),
      ({ by, other, label }) => [by.organisationKind, other, label].join('|'),
    ).map(({ key, count }) => {
      const [reportingKind, reachedKind, initiatedBy] = key.split('|');
      return { reportingKind, reachedKind, initiatedBy, count };
    }),
    contactOutcome: {
      withContact: outcomes.filter(({ label }) => label === 'WITH').length,
      withoutContact: outcomes.filter(({ label }) => label === 'WITHOUT').length,
    },
    latAnswers: {
      yes: lat.filter(({ label }) => label === 'YES').length,
      no: lat.filter(({ label }) => label === 'NO').length,
      notAnswered: lat.filter(({ label }) => label === 'NOT_ANSWERED').length,
    },
    ratings: ['ASKING', 'CONSULTED'].map((side) => ({
      side,
      distribution: counts(
        rated.filter(({ other, label }) => other === side && label !== ''),
        ({ label }) => label.padStart(2),
      ).map(({ key, count }) => ({ rating: Number(key), count })),
      notAnswered: rated.filter(({ other, label }) => other === side && label === '').length,
    })),
    handovers: counts(
      all((one) => one.handovers()),
      ({ label }) => label,
    ).map(({ key, count }) => ({ status: key, count })),
    leadTimes: leads.map((lead) => ({ lead, ...waits(all((one) => one.waits(lead))) })),
  };
}

const leads = [
  'REGISTRATION_TO_CONTACT',
  'REQUEST_TO_CONTACT',
  'REFERRAL_TO_ACCEPTANCE',
  'HANDOVER_OFFER_TO_ACCEPTANCE',
  'HANDOVER_ACCEPTANCE_TO_COMPLETION',
];

/** What was recorded by then: the log up to the last event before which the store's time never passed that moment. */
function known(log: readonly StoredEvent[], asOf: Date | undefined): (CaseEvent | ProfessionalEvent)[] {
  let latest = 0;
  const events: (CaseEvent | ProfessionalEvent)[] = [];
  for (const { type, data, storedAt } of log) {
    if (!figuresProjection.eventTypes.includes(type)) continue;
    latest = Math.max(latest, storedAt.getTime());
    if (asOf && latest > asOf.getTime()) break;
    events.push({ type, ...(data as object) } as CaseEvent);
  }
  return events;
}

function grouped(
  events: readonly (CaseEvent | ProfessionalEvent)[],
): Map<string, (CaseEvent | ProfessionalEvent)[]> {
  const groups = new Map<string, (CaseEvent | ProfessionalEvent)[]>();
  for (const event of events) {
    const id = 'caseId' in event ? event.caseId : event.professionalId;
    groups.set(id, [...(groups.get(id) ?? []), event]);
  }
  return groups;
}

function matches({ by, on, area, municipality }: Thing, filter: FigureFilter): boolean {
  const line = {
    JURIDISCH_LOKET: 'FIRST',
    SOCIAAL_RAADSLIEDEN: 'FIRST',
    ADVOCATUUR: 'SECOND',
    MEDIATION: 'SECOND',
    OTHER: '',
  };
  return (
    (filter.from === undefined || on >= filter.from) &&
    (filter.to === undefined || on <= filter.to) &&
    (filter.locationId === undefined || by.locationId === filter.locationId) &&
    (filter.organisationKind === undefined || by.organisationKind === filter.organisationKind) &&
    (filter.line === undefined || line[by.organisationKind] === filter.line) &&
    (filter.area === undefined || area === filter.area) &&
    (filter.clientMunicipality === undefined || municipality === filter.clientMunicipality)
  );
}

function counts(things: readonly Thing[], key: (thing: Thing) => string): { key: string; count: number }[] {
  const keys = [...new Set(things.map(key))].sort();
  return keys.map((each) => ({ key: each, count: things.filter((thing) => key(thing) === each).length }));
}

const pairs = (
  things: readonly Thing[],
  first: string,
  second: string,
  of: (thing: Thing) => string,
): object[] =>
  counts(things, (thing) => `${thing.by.organisationKind}|${of(thing)}`).map(({ key, count }) => {
    const [one, other] = key.split('|');
    return { [first]: one, [second]: other, count };
  });

const relevance = (things: readonly Thing[], key: (thing: Thing) => string): object[] =>
  counts(things, key).map((group) => {
    const of = (answer: string): number =>
      things.filter((thing) => key(thing) === group.key && thing.label === answer).length;
    return {
      key: group.key,
      yes: of('YES'),
      no: of('NO'),
      notAnswered: of('NOT_ANSWERED'),
      notAsked: of('NOT_ASKED'),
    };
  });

/** Nearest rank over the waits themselves, and then the bucket that it falls in. */
function waits(things: readonly Thing[]): { count: number; median: number | null; p90: number | null } {
  const minutes = things.map(({ label }) => Number(label)).sort((a, b) => a - b);
  const at = (share: number): number | null => {
    const wait = minutes[Math.ceil(minutes.length * share) - 1];
    return wait === undefined ? null : leadTimeBucket(wait);
  };
  return { count: minutes.length, median: at(0.5), p90: at(0.9) };
}

function users(
  events: readonly (CaseEvent | ProfessionalEvent)[],
  registered: readonly Thing[],
  filter: FigureFilter,
): object[] {
  const present: Thing[] = [];
  for (const history of grouped(events).values()) {
    let by: Thing['by'] | undefined;
    let gone = false;
    for (const event of history) {
      if (filter.to !== undefined && dayInNetherlands(event.occurredAt) > filter.to) break;
      if (event.type === 'ProfessionalRegistered' || event.type === 'ProfessionalMoved') by = event;
      if (event.type === 'ProfessionalDeactivated' && event.reason === 'LEFT') gone = true;
      if (event.type === 'ProfessionalReactivated') gone = false;
    }
    if (by && !gone) present.push({ by, on: '', area: '', municipality: null, label: '' });
  }
  const { locationId, organisationKind, line } = filter;
  const stock = present.filter((thing) => matches(thing, { locationId, organisationKind, line }));
  const kinds = [...new Set([...stock, ...registered].map(({ by }) => by.organisationKind))];
  return kinds.sort().map((kind) => ({
    organisationKind: kind,
    registered: stock.filter(({ by }) => by.organisationKind === kind).length,
    active: new Set(
      registered.filter(({ by }) => by.organisationKind === kind).map(({ by }) => by.professionalId),
    ).size,
  }));
}

type Of<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>;

const minutes = (from: Instant, to: Instant): string =>
  String(Math.round((Date.parse(to) - Date.parse(from)) / 60_000));

interface Given {
  readonly by: Party;
  readonly at: Instant;
  readonly registrationId: string;
  /** Null when it lies on the stream of a linked registration. */
  readonly account: ConversationAccount | null;
}

class NaiveCase {
  constructor(private readonly history: readonly CaseEvent[]) {}

  #all<Type extends CaseEvent['type']>(type: Type): Of<Type>[] {
    return this.history.filter((event): event is Of<Type> => event.type === type);
  }

  #opening(): Of<'CaseRegistered'> {
    return this.#all('CaseRegistered')[0] as Of<'CaseRegistered'>;
  }

  #thing(by: Thing['by'], at: Instant, label: string, more: Partial<Thing> = {}): Thing {
    const corrected = this.#all('RegistrationCorrected').findLast(({ facts }) => facts !== null)?.facts;
    const facts = corrected ?? this.#opening().facts;
    return {
      by,
      on: dayInNetherlands(at),
      area: facts.primaryArea,
      municipality: facts.clientMunicipality,
      label,
      ...more,
    };
  }

  #registered(): (Of<'CaseRegistered'> | Of<'CounterpartRegistered'>)[] {
    return [this.#opening(), ...this.#all('CounterpartRegistered')];
  }

  registrations(): Thing[] {
    return this.#registered().map((event) =>
      this.#thing(
        event.registeredBy,
        event.occurredAt,
        event.type === 'CaseRegistered' ? event.registrationKind : 'COUNTERPART',
      ),
    );
  }

  relevance(): Thing[] {
    return this.#registered().map((event) => {
      const corrected = this.#all('RegistrationCorrected').findLast(
        ({ registrationId }) => registrationId === event.registrationId,
      );
      const first =
        event.type === 'CaseRegistered' ? event.facts.signaleringRelevance : event.signaleringRelevance;
      return this.#thing(event.registeredBy, event.occurredAt, corrected?.signaleringRelevance ?? first);
    });
  }

  #standingContacts(): Of<'ContactSucceeded'>[] {
    const wrong = this.#all('FactEnteredInError').map(({ fact }) => fact.id);
    return this.#all('ContactSucceeded').filter(({ contactId }) => !wrong.includes(contactId));
  }

  contactOutcome(): Thing[] {
    const label = this.#standingContacts().length > 0 ? 'WITH' : 'WITHOUT';
    return this.#registered().map(({ registeredBy, occurredAt }) =>
      this.#thing(registeredBy, occurredAt, label),
    );
  }

  #request(id: string | null): Of<'PiketRequested'> | undefined {
    return this.#all('PiketRequested').find(({ piketRequestId }) => piketRequestId === id);
  }

  sought(): Thing[] {
    return this.#all('PiketRequested').map(({ askedBy, occurredAt, askedKind, area }) =>
      this.#thing(askedBy, occurredAt, '', { other: askedKind, area }),
    );
  }

  contacts(): Thing[] {
    return this.#standingContacts().map((contact) => {
      const area = this.#request(contact.piketRequestId)?.area;
      return this.#thing(contact.reportedBy, contact.occurredAt, contact.initiatedBy, {
        other: contact.reachedKind,
        ...(area && { area }),
      });
    });
  }

  /** What a side said of a conversation in the end: its account, that it lies elsewhere, or nothing. */
  #account(conversation: string, side: ConversationSide): Given | undefined {
    let standing: Given | undefined;
    for (const event of this.history) {
      if (event.type === 'FactEnteredInError') {
        const { fact } = event;
        if (fact.kind === 'CONVERSATION_ACCOUNT' && fact.id === conversation && fact.side === side)
          standing = undefined;
      }
      if (!('conversationId' in event) || event.conversationId !== conversation) continue;
      if (!('side' in event) || event.side !== side) continue;
      if (event.type === 'PiketConversationRecorded')
        standing = {
          by: event.recordedBy,
          at: event.occurredAt,
          registrationId: event.registrationId,
          account: event.account,
        };
      if (event.type === 'RegistrationLinked')
        standing = {
          by: event.registeredBy,
          at: event.occurredAt,
          registrationId: event.registrationId,
          account: null,
        };
      if (event.type === 'ConversationCorrected' && standing)
        standing = { ...standing, account: event.account };
    }
    return standing;
  }

  ratings(): Thing[] {
    return this.#all('ContactSucceeded').flatMap(({ conversationId }) =>
      (['ASKING', 'CONSULTED'] as const).flatMap((side) => {
        const given = this.#account(conversationId, side);
        if (!given?.account) return [];
        return [this.#thing(given.by, given.at, String(given.account.rating ?? ''), { other: side })];
      }),
    );
  }

  #firstComplete(): { asking: Party; at: Instant; consulted: Party; lat: string } | undefined {
    const party = (id: string): { by: Party; at: Instant } => {
      const events = [...this.#registered(), ...this.#all('RegistrationLinked')];
      const found = events.find(({ registrationId }) => registrationId === id);
      if (!found) throw new Error('no such registration');
      return { by: found.registeredBy, at: found.occurredAt };
    };
    for (const { conversationId } of this.#standingContacts()) {
      const asking = this.#account(conversationId, 'ASKING');
      const consulted = this.#account(conversationId, 'CONSULTED');
      if (!asking || !consulted) continue;
      const { by, at } = party(asking.registrationId);
      const lat = asking.account?.latWithoutDesk ?? 'NOT_ANSWERED';
      return { asking: by, at, consulted: party(consulted.registrationId).by, lat };
    }
    return undefined;
  }

  complete(): Thing[] {
    const found = this.#firstComplete();
    return found
      ? [this.#thing(found.asking, found.at, '', { other: found.consulted.organisationKind })]
      : [];
  }

  lat(): Thing[] {
    const found = this.#firstComplete();
    return found ? [this.#thing(found.asking, found.at, found.lat)] : [];
  }

  handovers(): Thing[] {
    const ended = {
      HandoverPrepared: 'PREPARED',
      HandoverConsentRefused: 'CONSENT_REFUSED',
      HandoverOffered: 'OFFERED',
      HandoverDeclined: 'DECLINED',
      HandoverAccepted: 'ACCEPTED',
      WarmHandoverCompleted: 'COMPLETED',
    } as const;
    return this.#all('HandoverPrepared').map(({ handoverId, preparedBy, occurredAt }) => {
      const last = this.history.findLast(
        (event) => event.type in ended && 'handoverId' in event && event.handoverId === handoverId,
      );
      return this.#thing(preparedBy, occurredAt, ended[last?.type as keyof typeof ended]);
    });
  }

  waits(lead: string): Thing[] {
    const { registeredBy, occurredAt } = this.#opening();
    const contacts = this.#standingContacts();
    const [accepted] = this.#all('HandoverAccepted');
    switch (lead) {
      case 'REGISTRATION_TO_CONTACT': {
        const [first] = contacts;
        return first
          ? [this.#thing(registeredBy, first.occurredAt, minutes(occurredAt, first.occurredAt))]
          : [];
      }
      case 'REQUEST_TO_CONTACT':
        return contacts.flatMap((contact) => {
          const request = this.#request(contact.piketRequestId);
          if (!request) return [];
          const wait = contact.delayMinutes?.toString() ?? minutes(request.occurredAt, contact.occurredAt);
          return [this.#thing(request.askedBy, contact.occurredAt, wait, { area: request.area })];
        });
      case 'REFERRAL_TO_ACCEPTANCE':
        return this.#all('ReferralAccepted').flatMap((acceptance) =>
          this.#all('CaseReferred').map((referral) =>
            this.#thing(
              referral.referredBy,
              acceptance.occurredAt,
              minutes(referral.occurredAt, acceptance.occurredAt),
            ),
          ),
        );
      case 'HANDOVER_OFFER_TO_ACCEPTANCE':
        return this.#all('HandoverOffered').flatMap((offer) =>
          accepted
            ? [
                this.#thing(
                  offer.offeredBy,
                  accepted.occurredAt,
                  minutes(offer.occurredAt, accepted.occurredAt),
                ),
              ]
            : [],
        );
      default:
        return this.#all('WarmHandoverCompleted').flatMap((completed) =>
          this.#all('HandoverPrepared').map(({ preparedBy }) =>
            this.#thing(
              preparedBy,
              completed.occurredAt,
              minutes(accepted?.occurredAt ?? '', completed.occurredAt),
            ),
          ),
        );
    }
  }
}
