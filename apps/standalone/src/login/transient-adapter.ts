import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What the provider remembers of logins under way; an issued token is signed and needs none of it. */
const entries = new LRUCache<string, AdapterPayload>({ max: 10_000, ttl: 3_600_000 });

/** Keeps logins under way for as long as the process runs: after a restart one chooses again who one is. */
export class TransientAdapter implements Adapter {
  constructor(private readonly model: string) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    entries.set(this.key(id), payload, expiresIn === undefined ? {} : { ttl: expiresIn * 1000 });
    if (payload.uid !== undefined) entries.set(this.uidKey(payload.uid), payload);
    return Promise.resolve();
  }
  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(entries.get(this.key(id)));
  }
  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(entries.get(this.uidKey(uid)));
  }
  /** Only the device flow asks, which is off. */
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  consume(id: string): Promise<void> {
    const entry = entries.get(this.key(id));
    if (entry !== undefined) entry.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }
  destroy(id: string): Promise<void> {
    entries.delete(this.key(id));
    return Promise.resolve();
  }
  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { grantId: of }] of entries.entries()) if (of === grantId) entries.delete(key);
    return Promise.resolve();
  }

  private key(id: string): string {
    return `${this.model}:${id}`;
  }
  private uidKey(uid: string): string {
    return `${this.model}:uid:${uid}`;
  }
}
