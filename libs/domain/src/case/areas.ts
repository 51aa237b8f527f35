import type { LegalArea } from './terms.js';

/** The seven areas of the pilot's registration system, in the order of its tables (R table 2.2). */
export const drsAreas = [
  'VREEMDELINGENRECHT',
  'ARBEIDSRECHT',
  'SOCIALEZEKERHEIDSRECHT',
  'HUURRECHT',
  'VERBINTENISSENRECHT',
  'CONSUMENTENRECHT',
  'ANDERS',
] as const;
/** An area of the pilot. */
export type DrsArea = (typeof drsAreas)[number];

/** The six areas with which the national helpline starts (P 7). */
export const helplineAreas = [
  'ASIEL_EN_VREEMDELINGENRECHT',
  'ARBEIDSRECHT',
  'SOCIALEZEKERHEIDSRECHT',
  'SOCIALE_VOORZIENINGENRECHT',
  'HUURRECHT',
  'VERBINTENISSEN_EN_CONSUMENTENRECHT',
] as const;
/** An area of the helpline. */
export type HelplineArea = (typeof helplineAreas)[number];

/** The three clusters in which the pilot's desk was staffed (R 1.2). */
export const deskClusters = [
  'VREEMDELINGENRECHT',
  'CIVIEL_EN_HUURRECHT',
  'ARBEID_EN_SOCIALE_ZEKERHEID',
] as const;
/** A cluster of the desk. */
export type DeskCluster = (typeof deskClusters)[number];

/** Where a legal area belongs in each classification; null where that classification has no place for it. */
export interface AreaClassification {
  readonly drs: DrsArea;
  readonly helpline: HelplineArea | null;
  readonly cluster: DeskCluster | null;
}

/**
 * The one table that maps our legal areas to those of the pilot's system (R table 2.2), the helpline (P 7) and the desk
 * (R 1.2). DRS knew no sociale voorzieningenrecht and counted it as sociale zekerheid.
 */
export const areaClassification: Readonly<Record<LegalArea, AreaClassification>> = {
  VREEMDELINGENRECHT: {
    drs: 'VREEMDELINGENRECHT',
    helpline: 'ASIEL_EN_VREEMDELINGENRECHT',
    cluster: 'VREEMDELINGENRECHT',
  },
  ARBEIDSRECHT: {
    drs: 'ARBEIDSRECHT',
    helpline: 'ARBEIDSRECHT',
    cluster: 'ARBEID_EN_SOCIALE_ZEKERHEID',
  },
  SOCIALEZEKERHEIDSRECHT: {
    drs: 'SOCIALEZEKERHEIDSRECHT',
    helpline: 'SOCIALEZEKERHEIDSRECHT',
    cluster: 'ARBEID_EN_SOCIALE_ZEKERHEID',
  },
  SOCIALE_VOORZIENINGENRECHT: {
    drs: 'SOCIALEZEKERHEIDSRECHT',
    helpline: 'SOCIALE_VOORZIENINGENRECHT',
    cluster: 'ARBEID_EN_SOCIALE_ZEKERHEID',
  },
  HUURRECHT: { drs: 'HUURRECHT', helpline: 'HUURRECHT', cluster: 'CIVIEL_EN_HUURRECHT' },
  VERBINTENISSENRECHT: {
    drs: 'VERBINTENISSENRECHT',
    helpline: 'VERBINTENISSEN_EN_CONSUMENTENRECHT',
    cluster: 'CIVIEL_EN_HUURRECHT',
  },
  CONSUMENTENRECHT: {
    drs: 'CONSUMENTENRECHT',
    helpline: 'VERBINTENISSEN_EN_CONSUMENTENRECHT',
    cluster: 'CIVIEL_EN_HUURRECHT',
  },
  ANDERS: { drs: 'ANDERS', helpline: null, cluster: null },
};
