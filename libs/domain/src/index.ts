export * from './shared/decider.js';
export * from './shared/metadata.js';
export * from './shared/refusal.js';
export * from './shared/sealed.js';
export * from './case/terms.js';
export * from './case/events.js';
export * from './case/reserve-registration-code.js';
export * from './reference/events.js';
