import { Controller, Get, Header, Headers, NotFoundException, Param, ParseUUIDPipe } from '@nestjs/common';
import { mayForOrganisation } from '@spil/access';
import { unauthenticated } from '../api/errors.js';
import { Authenticator } from '../auth/authenticate.js';
import { Staff } from '../auth/staff.js';
import type { ErasureCertificate } from './erasure.type.js';
import { OwnErasures } from './own-erasures.js';

/** The certificate of an erasure as a file, for the privacy officers of the organisation that ordered it. */
@Controller('erasures')
export class CertificateController {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly staff: Staff,
    private readonly erasures: OwnErasures,
  ) {}

  /** Not found until everything is done, and for everyone else: those who left, and who may not know of any of its cases, among them. */
  @Get(':id/certificate.json')
  @Header('content-disposition', 'attachment; filename="certificate-of-erasure.json"')
  @Header('cache-control', 'no-store')
  async certificate(
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<ErasureCertificate> {
    const authentication = await this.authenticator.authenticate(authorization);
    if ('fault' in authentication) throw unauthenticated(authentication.fault);
    const { principal } = authentication;
    const found =
      mayForOrganisation(principal, 'FORGET_CLIENTS') && (await this.staff.isInPlace(principal))
        ? await this.erasures.byId(principal, id)
        : undefined;
    if (found?.certificate == null) throw new NotFoundException();
    return found.certificate;
  }
}
