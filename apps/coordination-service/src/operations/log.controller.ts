import { Controller, Get, Header, Inject, NotFoundException } from '@nestjs/common';
import { publishedCheckpoint, publishedLogKey } from '@spil/audit';
import type { Pool } from 'pg';
import { AUDIT_POOL } from '../infrastructure/tokens.js';

/** What the log publishes for auditors, as the worker has it: hashes, counts and signatures, and nothing about anybody. */
@Controller('log')
export class LogController {
  constructor(@Inject(AUDIT_POOL) private readonly audit: Pool) {}

  /** The newest signed checkpoint with the cosignatures that have come in; 404 before the first. */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async checkpoint(): Promise<string> {
    return found(await publishedCheckpoint(this.audit));
  }

  /** The log's public key, for comparing with one that was got in another way; 404 before the first checkpoint that notes it. */
  @Get('key')
  @Header('content-type', 'text/plain; charset=utf-8')
  async key(): Promise<string> {
    return `${found(await publishedLogKey(this.audit))}\n`;
  }
}

function found(text: string | undefined): string {
  if (text === undefined) throw new NotFoundException();
  return text;
}
