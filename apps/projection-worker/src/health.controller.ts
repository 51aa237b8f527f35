import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { WorkerService } from './worker.service.js';

/** Health and metrics for whoever keeps the worker running. */
@Controller()
export class HealthController {
  constructor(private readonly worker: WorkerService) {}

  /** The process answers. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while a read model stands still or cannot be written. */
  @Get('health/ready')
  ready(): object {
    const { ready, role, caughtUp, projections } = this.worker.health();
    const answer = {
      status: ready ? 'ok' : 'unavailable',
      role,
      caughtUp,
      projections: projections.map(({ projection, stoppedBecause, parked, position }) => ({
        projection,
        stoppedBecause: stoppedBecause ?? null,
        parkedStreams: parked,
        position: position?.commit.toString() ?? null,
      })),
      proof: this.#proof(),
    };
    if (!ready) throw new ServiceUnavailableException(answer);
    return answer;
  }

  /** Told, and no reason to stop: the read models go on while nothing is signed. */
  #proof(): object | null {
    const proof = this.worker.proof?.status();
    return proof === undefined
      ? null
      : {
          treeSize: proof.treeSize,
          checkpointSize: proof.checkpointSize,
          refusedBecause: proof.refusedBecause ?? null,
          witnesses: proof.witnesses,
        };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    return this.worker.metrics.metrics();
  }
}
