import { Controller, Get, Header, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { WorkerService } from '../worker.service.js';

/** What the log publishes for witnesses and auditors. It holds hashes, counts and signatures, and nothing about anybody. */
@Controller('log')
export class ProofController {
  constructor(private readonly worker: WorkerService) {}

  /** The newest signed checkpoint with the cosignatures that have come in; 404 before the first. */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'no-store')
  async checkpoint(): Promise<string> {
    const { proof } = this.worker;
    if (proof === undefined) throw new ServiceUnavailableException();
    const note = await proof.checkpoint();
    if (note === undefined) throw new NotFoundException();
    return note;
  }

  /** The log's public key, for comparing with one that was got in another way. */
  @Get('key')
  @Header('content-type', 'text/plain; charset=utf-8')
  key(): string {
    const key = this.worker.proof?.publicKey;
    if (key === undefined) throw new NotFoundException();
    return `${key}\n`;
  }
}
