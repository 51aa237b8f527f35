import pb from '@eventstore/db-client/generated/streams_pb.js';
const E = pb.ReadReq.Options.FilterOptions.Expression;
const e = new E(); e.setRegex('(XXX'); const b = Buffer.from(e.serializeBinary()); b.set([0x28,0xed,0xa0,0x80], b.indexOf('(XXX'));
const r = E.deserializeBinary(b).getRegex();
console.log(JSON.stringify(r), [...r].map(c=>c.codePointAt(0).toString(16)));
import { RE2JS } from 're2js';
try { RE2JS.compile(r); console.log('compiled') } catch (x) { console.log(JSON.stringify(x.message)); try { encodeURI(x.message) } catch (y) { console.log('encodeURI', y.message) } }
