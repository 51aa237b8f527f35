import { Controller, Get, Header } from '@nestjs/common';
import { Dependencies } from './dependencies.js';
import { ServiceMetrics } from './metrics.js';

@Controller()
export class MetricsController {
  constructor(
    private readonly metrics: ServiceMetrics,
    private readonly dependencies: Dependencies,
  ) {}

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async scrape(): Promise<string> {
    const [store, database, , audit] = await Promise.all([
      this.dependencies.eventStoreIsUp(),
      this.dependencies.readDatabaseIsUp(),
      this.dependencies.keysAreUp(),
      this.dependencies.auditIsUp(),
    ]);
    if (store && database) await this.dependencies.projectionLags();
    if (audit) await this.dependencies.lookForOverdueReviews();
    return this.metrics.registry.metrics();
  }
}
