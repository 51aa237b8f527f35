import { timingSafeEqual, createHash } from 'node:crypto';
import { status, type Metadata } from '@grpc/grpc-js';
import { Refusal } from './refusal.js';

/** User and password that every call on streams must carry. */
export interface Credentials {
  user: string;
  password: string;
}

/** What EventStoreDB asks for until somebody changes it, and an event node with TLS that is told nothing else. */
export const FIRST_CREDENTIALS: Credentials = { user: 'admin', password: 'changeit' };

/** @throws Refusal UNAUTHENTICATED unless the call carries exactly these credentials (HTTP Basic) */
export function authenticate(metadata: Metadata, { user, password }: Credentials): void {
  const header = metadata.get('authorization')[0]?.toString() ?? '';
  const given = /^Basic (.+)$/i.exec(header)?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  // Compared by digest, so that the time taken says nothing about how much of a guess was right.
  if (!timingSafeEqual(digest(Buffer.from(given, 'base64').toString()), digest(`${user}:${password}`)))
    throw new Refusal(status.UNAUTHENTICATED, 'wrong or missing credentials');
}
