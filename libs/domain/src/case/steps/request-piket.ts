import type { OrganisationKind } from '../../shared/decider.js';
import type { ProgrammePolicy } from '../../reference/events.js';
import type { LegalArea, QuestionKind, WithoutDeskChoice } from '../terms.js';
import type { CaseStep } from './case-step.js';

/** Where a piket request goes: the local desk, the national helpline, or a named colleague past the roster (P 7). */
export type PiketRoute =
  | { readonly route: 'LOCAL_DESK' }
  | { readonly route: 'HELPLINE' }
  | { readonly route: 'NAMED_COLLEAGUE'; readonly professionalId: string };

/** What is asked of the desk, whether alone or together with the case. */
export interface PiketQuestion {
  readonly piketRequestId: string;
  readonly askedKind: OrganisationKind | 'UNKNOWN';
  readonly to: PiketRoute;
  readonly area: LegalArea;
  readonly questionKind: QuestionKind;
  readonly withoutDesk: WithoutDeskChoice | null;
  readonly localKnowledgeNeeded: boolean;
}

/** Asks the desk, or a named colleague, for a conversation (R 1.2). The acting professional is the asking side. */
export interface RequestPiket extends CaseStep, PiketQuestion {
  readonly type: 'RequestPiket';
  /** In force at the case's location on the day of the request. */
  readonly policy: ProgrammePolicy;
}
