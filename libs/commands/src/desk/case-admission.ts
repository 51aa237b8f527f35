import { Injectable } from '@nestjs/common';
import { mayOnCase, type Asker, type CaseAction } from '@spil/access';
import type { RegisteredCase } from '@spil/domain';
import { accessOf } from './case-access.js';

/** The gate before every step on a case: asks the access policy about the case as its own history tells it. */
@Injectable()
export class CaseAdmission {
  admits(asker: Asker, action: CaseAction, state: RegisteredCase): boolean {
    return mayOnCase(asker, action, accessOf(state));
  }
}
