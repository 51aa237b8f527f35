export { ConfigError } from './config-error.js';
export { Environment, postgresProtocols, readFileError } from './environment.js';
export { asWrongAddress } from './listening.js';
export { logLevels, type LogLevel } from './log-level.js';
export { tracesUrlFrom } from './traces-url.js';
export { variables, type VariableName } from './variables.js';
