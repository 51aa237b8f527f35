import grpc from '@grpc/grpc-js';
import svc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import pb from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { randomUUID } from 'node:crypto';
const which = process.argv[2];
const port = process.argv[3] ?? '23113';
const client = new svc.StreamsClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {'grpc.max_send_message_length': -1});
const raw = (method, bytes) => new Promise((r) => {
  const call = client.makeServerStreamRequest(`/event_store.client.streams.Streams/${method}`, (b) => b, (b) => b, bytes);
  const t = setTimeout(() => { call.cancel(); r('timeout'); }, 3000);
  call.on('data', () => r('data'));
  call.on('error', (e) => { clearTimeout(t); r(`${e.code} ${e.details}`); });
  call.on('end', () => r('end'));
});
const readReq = (prepare) => {
  const req = new pb.ReadReq(); const o = new pb.ReadReq.Options();
  o.setReadDirection(0); o.setUuidOption(new pb.ReadReq.Options.UUIDOption().setString(new shared.Empty()));
  o.setResolveLinks(false);
  prepare(o); req.setOptions(o); return req;
};
const event = (size=0, type='t') => {
  const m = new pb.AppendReq.ProposedMessage();
  m.setId(new shared.UUID().setString(randomUUID()));
  m.getMetadataMap().set('type', type); m.getMetadataMap().set('content-type','application/octet-stream');
  m.setData(new Uint8Array(size)); return new pb.AppendReq().setProposedMessage(m);
};
const opts = (stream) => { const o = new pb.AppendReq.Options(); o.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream))); o.setAny(new shared.Empty()); return new pb.AppendReq().setOptions(o); };
const append = (stream, events, n) => new Promise((r) => {
  const call = client.append((e, v) => r(e ? `${e.code} ${e.details}` : v.toObject()));
  call.on('error', (e) => r(`call error ${e.message}`));
  call.write(opts(stream));
  let i = 0; const go = () => { while (i < n) { i++; if (!call.write(events(i))) { call.once('drain', go); return; } } call.end(); };
  go();
});
if (which === 'regex' || which === 'plain') {
  const bytes = Buffer.from(readReq((o) => { const a = new pb.ReadReq.Options.AllOptions(); a.setStart(new shared.Empty()); o.setAll(a); o.setSubscription(new pb.ReadReq.Options.SubscriptionOptions());
    const f = new pb.ReadReq.Options.FilterOptions(); const e = new pb.ReadReq.Options.FilterOptions.Expression(); e.setRegex('(XXX'); f.setEventType(e); f.setMax(32); f.setCheckpointintervalmultiplier(1); o.setFilter(f);
  }).serializeBinary());
  if (which === 'regex') { const at = bytes.indexOf('(XXX'); bytes.set([0x28, 0xed, 0xa0, 0x80], at); }
  console.log('bad surrogate regex:', await raw('Read', bytes));
  console.log('alive:', await append('alive', () => event(), 1));
}
if (which === 'many') { const n = Number(process.argv[4]); const t = Date.now(); const e = () => event(Number(process.argv[5] ?? 0)); console.log(await append('many-' + randomUUID(), e, n), Date.now() - t, 'ms'); }
if (which === 'type') { console.log(await append('type-' + randomUUID(), () => event(0, 'x'.repeat(16<<20)), Number(process.argv[4]))); }
if (which === 'big') { console.log(await append('big-' + randomUUID(), () => event(18<<20), 1)); console.log('alive', await append('alive', () => event(), 1)); }
if (which === 'garbage') { for (const m of ['Read','Append','BatchAppend','Delete','Tombstone']) console.log(m, await raw(m, Buffer.from([255,255,255,255,1,2,3])), await raw(m, Buffer.alloc(0))); console.log('alive', await append('alive', () => event(), 1)); }
process.exit(0);
