export { createApplication, createService, type RunningService } from './create-service.js';
export { readConfig, readTrustedDocuments, type ServiceConfig } from './config.js';
export type { TrustedDocuments } from './api/documents.js';
