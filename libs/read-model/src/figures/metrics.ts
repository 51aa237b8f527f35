/** What the ledger counts. Each contribution carries the dimensions named here beside the shared ones. */
export const metrics = [
  /** Every registration, either side (R ch. 2: 557). `value`: registration kind, `COUNTERPART` for the other side's. */
  'REGISTRATION',
  /** Every registration by its answer: relevant for the signaleringsoverleg? `value`: the answer. */
  'RELEVANCE',
  /** Every registration by whether its case had a contact. `value`: `WITH` or `WITHOUT`. */
  'CONTACT_OUTCOME',
  /** Registrations by who made them, over all areas, for counting distinct active users. `value`: professional. */
  'ACTIVE_USER',
  /** The same by area: kept apart, since each user works in many. */
  'ACTIVE_USER_IN_AREA',
  /** Users as a stock: arrivals, moves and departures on the day they happened. */
  'USER',
  /** Complete registrations at the asking registration. `other`: the consulted organisation kind. */
  'COMPLETE',
  /** Complete registrations by the LAT answer. `value`: the answer. */
  'LAT',
  /** Piket requests by the asking kind. `other`: the kind asked. */
  'CONVERSATION_SOUGHT',
  /** Successful contacts by the kind that reported them. `other`: the kind reached; `value`: who began. */
  'CONTACT',
  /** Accounts of conversations. `other`: the side; `value`: the rating or `NOT_ANSWERED`. */
  'RATING',
  /** Handovers by the state they are in. `value`: the state. */
  'HANDOVER',
  /** `value` of these: a bucket of {@link leadTimeBuckets}. */
  'LEAD_REGISTRATION_TO_CONTACT',
  'LEAD_REQUEST_TO_CONTACT',
  'LEAD_REFERRAL_TO_ACCEPTANCE',
  'LEAD_HANDOVER_OFFER_TO_ACCEPTANCE',
  'LEAD_HANDOVER_ACCEPTANCE_TO_COMPLETION',
] as const;
export type Metric = (typeof metrics)[number];

const DAY = 24 * 60;

/** Lower edges in minutes, rising: minutes within the hour, hours within the day, days within the month, then weeks. */
export const leadTimeBuckets: readonly number[] = [
  ...[0, 1, 2, 5, 10, 15, 20, 30, 45],
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 18].map((hours) => hours * 60),
  ...Array.from({ length: 31 }, (_, day) => (day + 1) * DAY),
  ...Array.from({ length: 48 }, (_, week) => (35 + week * 7) * DAY),
];

/** The lower edge of the bucket that a duration falls in; earlier than its start counts as none. */
export function leadTimeBucket(minutes: number): number {
  let low = 0;
  let high = leadTimeBuckets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((leadTimeBuckets[middle] ?? 0) <= minutes) low = middle;
    else high = middle - 1;
  }
  return leadTimeBuckets[low] ?? 0;
}
