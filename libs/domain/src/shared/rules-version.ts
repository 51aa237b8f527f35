/**
 * Of the rules by which commands are decided. It stands beside every event, so that an auditor knows by which rules a state came about
 * and finds their text in the history of this repository. Raised with every change after which the same command on the same history
 * is decided otherwise; a test holds each version to its decisions.
 */
export const rulesVersion = 1;
