import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Agent, request, type Server } from 'node:http';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver } from '@nestjs/apollo';
import { Field, GraphQLModule, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CompilingApolloDriver } from '../apps/coordination-service/src/api/compiled-execution.js';
import type { Bench } from './support/place.js';
import { perSecond, timed } from './support/report.js';

/** A row of a worklist, with twelve fields. */
@ObjectType()
class ListedCase {
  @Field(() => String) id: string;
  @Field(() => String) registrationCode: string;
  @Field(() => String) status: string;
  @Field(() => String) locationId: string;
  @Field(() => String) organisationKind: string;
  @Field(() => String) registeredAt: string;
  @Field(() => String, { nullable: true }) municipality: string | null;
  @Field(() => String) primaryArea: string;
  @Field(() => Boolean) needsCoordinator: boolean;
  @Field(() => Int) flags: number;
  @Field(() => String) waitingFor: string;
  @Field(() => String) waitingSince: string;
}

const rows: readonly ListedCase[] = Array.from({ length: 50 }, (_, at) => ({
  id: `case-${at}`,
  registrationCode: `CODE-${at}`,
  status: 'OPEN',
  locationId: 'utrecht',
  organisationKind: 'JURIDISCH_LOKET',
  registeredAt: '2025-01-01T08:00:00.000Z',
  municipality: at % 5 === 0 ? null : 'GM0344',
  primaryArea: 'HUURRECHT',
  needsCoordinator: at % 4 === 0,
  flags: at % 3,
  waitingFor: 'PIKET_REQUEST_OPEN',
  waitingSince: '2025-01-02T08:00:00.000Z',
}));

@Resolver(() => ListedCase)
class ListedCaseResolver {
  @Query(() => [ListedCase])
  cases(): readonly ListedCase[] {
    return rows;
  }
}

const body = JSON.stringify({
  query:
    '{ cases { id registrationCode status locationId organisationKind registeredAt municipality primaryArea needsCoordinator flags waitingFor waitingSince } }',
});

/** A list from memory over HTTP: what GraphQL itself costs. The two differ in the driver only. */
export async function graphqlList({ report, scale }: Bench): Promise<void> {
  const requests = Math.max(100, Math.round(2_000 * scale));
  const rounds = 3;
  const servers = { stock: await serve(ApolloDriver), spil: await serve(CompilingApolloDriver) };
  const ms = { stock: 0, spil: 0 };
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of ['stock', 'spil'] as const) {
        const took = await timed(() => ask(servers[name].port, requests));
        // The first round warms up.
        if (round > 0) ms[name] += took;
      }
    }
  } finally {
    await Promise.all(Object.values(servers).map(({ close }) => close()));
  }
  const rate = (name: keyof typeof ms) => perSecond(requests * rounds, ms[name]);
  report.line(
    'GraphQL list of 50 x 12 / stock Nest + Apollo',
    ms.stock / ms.spil,
    { atLeast: 2 },
    `${rate('spil')} / ${rate('stock')}, 8 connections, the client in the same process`,
  );
}

async function serve(driver: Type<ApolloDriver>) {
  @Module({
    imports: [GraphQLModule.forRoot({ driver, autoSchemaFile: true, graphiql: false })],
    providers: [ListedCaseResolver],
  })
  class ListModule {}

  const app = await NestFactory.create(ListModule, { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  return { port, close: () => app.close() };
}

async function ask(port: number, requests: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let left = requests;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left-- > 0) {
        const answer = await post(port, agent);
        if (!answer.startsWith('{"data":{"cases":[{"id":"case-0"'))
          throw new Error(`answered ${answer.slice(0, 200)}`);
      }
    }),
  );
  agent.destroy();
}

const post = (port: number, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve(text));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
