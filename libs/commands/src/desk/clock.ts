import { Injectable } from '@nestjs/common';
import type { Instant } from '@spil/domain';

/** The one place from which commands take the time. */
@Injectable()
export class Clock {
  now(): Instant {
    return new Date().toISOString();
  }
}
