export { createApplication, createService, type RunningService } from './create-service.js';
export { readConfig, type ServiceConfig } from './config.js';
