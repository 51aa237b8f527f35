export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
/** How much a program logs: this level and the graver ones. */
export type LogLevel = (typeof logLevels)[number];
