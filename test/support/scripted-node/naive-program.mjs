// The official client as its documentation shows it, in a process of its own, for the faults that end a process:
// `node naive-program.mjs SCENARIO PORT...`. It would run for ever; a line tells what came of each call.
import { setInterval } from 'node:timers';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

const [scenario, ...ports] = process.argv.slice(2);
const [client, other] = ports.map((port) =>
  EventStoreDBClient.connectionString(`esdb://127.0.0.1:${port}?tls=false`),
);

const append = (name, through) =>
  through.appendToStream(`case-${name}`, jsonEvent({ type: 'CaseClosed', data: {} })).then(
    () => console.log(`${name}: appended`),
    (error) => console.log(`${name}: ${error.type}`),
  );

const scenarios = {
  'one append': () => append('one', client),
  'two clients': () => Promise.all([append('one', client), append('two', other)]),
  'a read nobody waits for': () => client.readStream('case-1'),
  'a subscription without an error listener': () =>
    client.subscribeToAll().on('data', () => console.log('an event')),
};

setInterval(() => undefined, 60_000);
await scenarios[scenario]();
