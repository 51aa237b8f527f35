export { createApplication, createService, type RunningService } from './create-service.js';
export { ConfigError, readConfig, type ServiceConfig } from './config.js';
