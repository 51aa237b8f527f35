export * from './principal.js';
export * from './token-issuers.js';
export { IssuerUnavailable, keyTimes, type KeysFetched, type KeyTimes } from './issuer-keys.js';
export * from './tokens.js';
export * from './local-issuer.js';
export * from './purpose.js';
export * from './policy-engine.js';
export * from './policy.js';
export * from './case-policy.js';
