import { refuse, type Refusal } from '../../shared/refusal.js';
import type { CaseState, ClosedCase, LinkedCase, OpenCase, RegisteredCase } from '../state.js';

/** A step on a case that exists. */
export const requireRegistered = (state: CaseState): RegisteredCase | Refusal =>
  state.status === 'NOT_REGISTERED' ? refuse('CASE_NOT_FOUND', { field: 'caseId' }) : state;

/** A step that takes the work further: neither closed (rule 10) nor linked to another case (rule 8). */
export const requireOpen = (state: CaseState): OpenCase | Refusal => {
  switch (state.status) {
    case 'NOT_REGISTERED':
      return refuse('CASE_NOT_FOUND', { field: 'caseId' });
    case 'OPEN':
      return state;
    case 'CLOSED':
      return closed(state);
    case 'LINKED':
      return linkedElsewhere(state);
    default:
      return state satisfies never;
  }
};

/** A step that a closed case accepts as well (rule 10), but a linked one does not. */
export const requireNotLinked = (state: CaseState): OpenCase | ClosedCase | Refusal => {
  if (state.status === 'NOT_REGISTERED') return refuse('CASE_NOT_FOUND', { field: 'caseId' });
  return state.status === 'LINKED' ? linkedElsewhere(state) : state;
};

/** A closed case accepts nothing but what rule 10 names. */
export const closed = (state: ClosedCase): Refusal =>
  refuse('CASE_CLOSED', { rule: 'rule 10', facts: { closedAt: state.closing.at } });

/** The work goes on in the case to which the registration was linked (rule 8). */
export const linkedElsewhere = (state: LinkedCase): Refusal =>
  refuse('CASE_LINKED_ELSEWHERE', { rule: 'rule 8', facts: { hostCaseId: state.link.hostCaseId } });
