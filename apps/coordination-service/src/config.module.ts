import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CONFIG, type ServiceConfig } from './config.js';

/** Makes the configuration, read and checked before, available everywhere. */
@Global()
@Module({})
export class ConfigModule {
  static with(config: ServiceConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
