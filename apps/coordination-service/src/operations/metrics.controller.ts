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
    await this.dependencies.measure();
    return this.metrics.registry.metrics();
  }
}
