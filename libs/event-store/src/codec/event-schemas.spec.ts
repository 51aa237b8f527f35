import { spawnSync } from 'node:child_process';
import { eventSchemas } from './event-schemas.js';
import { eventTypes } from './event-types.js';

describe('the descriptions of events for auditors', () => {
  it('are what the types of the events say', () => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/event-schemas.mjs', '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  }, 120_000);

  it('are there for every version that was ever written', () => {
    for (const [type, { version }] of Object.entries(eventTypes))
      for (let at = 1; at <= version; at++)
        expect([type, at, eventSchemas[type]?.[String(at)]]).toEqual([type, at, expect.any(Object)]);
  });
});
