import { Injectable } from '@nestjs/common';
import { RateLimit } from './rate-limit.js';

/** Tries per professional and minute in each process of the service; more than people need, too few to find one of 500 billion codes. */
export const codeTriesPerMinute = 30;

/** How often each professional may try a registration code, whichever query or step it is tried with; counted in this process alone. */
@Injectable()
export class CodeTries extends RateLimit {
  constructor() {
    super(codeTriesPerMinute);
  }
}
