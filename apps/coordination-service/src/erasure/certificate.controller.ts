import { Controller, Get, Header, Headers, NotFoundException, Param, ParseUUIDPipe } from '@nestjs/common';
import { mayForOrganisation } from '@spil/access';
import { unauthenticated } from '../api/errors.js';
import { RefusalLog } from '../audit/refusal-log.js';
import { Authenticator } from '../auth/authenticate.js';
import { purposeHeader, purposeOf, purposeRefused } from '../auth/purpose.js';
import { Staff } from '../auth/staff.js';
import { currentTrace, newTrace } from '../operations/trace.js';
import type { ErasureCertificate } from './erasure.type.js';
import { OwnErasures } from './own-erasures.js';

/** The certificate of an erasure as a file, for the privacy officers of the organisation that ordered it. */
@Controller('erasures')
export class CertificateController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly staff: Staff,
    private readonly erasures: OwnErasures,
    private readonly refusals: RefusalLog,
  ) {}

  /** Not found until everything is done, and for everyone else: those who left, and who may not know of any of its cases, among them. */
  @Get(':id/certificate.json')
  @Header('content-disposition', 'attachment; filename="certificate-of-erasure.json"')
  @Header('cache-control', 'no-store')
  async certificate(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
    @Headers(purposeHeader) stated: string | undefined,
  ): Promise<ErasureCertificate> {
    const authentication = await this.authenticator.authenticate(authorization);
    if ('fault' in authentication) throw unauthenticated(authentication.fault);
    const { traceId } = currentTrace() ?? newTrace(undefined);
    const note = (code: string): Promise<void> =>
      this.refusals.note(
        { authentication, traceId },
        { kind: 'READ', operation: 'certificate', code, caseId: null },
      );
    if (purposeOf(authentication, stated) === undefined) {
      await note('PURPOSE_REFUSED');
      throw purposeRefused();
    }
    const { principal } = authentication;
    const found =
      mayForOrganisation(principal, 'FORGET_CLIENTS') && (await this.staff.isInPlace(principal))
        ? await this.erasures.byId(principal, id)
        : undefined;
    if (found?.certificate == null) {
      await note('NOT_FOUND');
      throw new NotFoundException();
    }
    return found.certificate;
  }
}
