import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalIssuer, type LocalIssuer, type Principal } from '@spil/access';

export const testIssuer = { issuer: 'https://issuer.test', audience: 'spil-test' } as const;

/** A token issuer of a suite's own. */
export async function testTokens(): Promise<LocalIssuer> {
  return (await testTokensIn(await mkdtemp(join(tmpdir(), 'spil-issuer-')))).issuer;
}

/** A token issuer whose key lies in a folder, for programs that read it there. */
export async function testTokensIn(folder: string): Promise<{ issuer: LocalIssuer; file: string }> {
  const file = join(folder, 'issuer.jwk.json');
  return { issuer: await openLocalIssuer({ file, ...testIssuer }), file };
}

/** One principal per role; those with casework are of a Juridisch Loket in Utrecht unless told otherwise. */
export const testPrincipal = {
  professional: (
    changes: Partial<Extract<Principal, { role: 'PROFESSIONAL' | 'COORDINATOR' }>> = {},
  ): Principal => ({
    subject: 'account-professional',
    role: 'PROFESSIONAL',
    professionalId: '11111111-1111-4111-8111-111111111111',
    organisationId: '22222222-2222-4222-8222-222222222222',
    organisationKind: 'JURIDISCH_LOKET',
    locationId: 'utrecht',
    mayImport: false,
    ...changes,
  }),
  board: { subject: 'account-board', role: 'BOARD', mayImport: false },
  auditor: { subject: 'account-auditor', role: 'AUDITOR', mayImport: false },
  admin: { subject: 'account-admin', role: 'ADMIN', mayImport: false },
} as const;
