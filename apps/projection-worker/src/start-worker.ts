import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { WorkerConfig } from './config.js';
import { HealthController } from './health.controller.js';
import { ProofController } from './proof/proof.controller.js';
import { WorkerService, type WorkerHealth } from './worker.service.js';

/** A worker that keeps the read models up to date. */
export interface RunningWorker {
  /** Of health and metrics. */
  readonly port: number;
  health(): WorkerHealth;
  /** Finishes the batch at hand and gives up the lead; a standby worker takes over. */
  stop(): Promise<void>;
}

@Module({})
class WorkerModule {}

/**
 * Migrates the read database where it may, starts to project, and serves health and metrics.
 * @throws Error when the port is taken or the migration fails
 */
export async function startWorker(config: WorkerConfig): Promise<RunningWorker> {
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: WorkerModule,
      controllers: [HealthController, ProofController],
      providers: [{ provide: WorkerService, useFactory: () => new WorkerService(config) }],
    },
    { bufferLogs: true, abortOnError: false },
  );
  // What the worker has to say it logs itself, as data and without text of others.
  app.useLogger(false);
  try {
    await app.listen(config.port, config.host ?? '127.0.0.1');
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    port: (app.getHttpServer().address() as AddressInfo).port,
    health: () => app.get(WorkerService).health(),
    stop: () => app.close(),
  };
}
