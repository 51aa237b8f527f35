import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { auditResolvers } from './audit/audit.module.js';
import { queryResolvers } from './queries.module.js';
import { stepResolvers } from './steps/steps.module.js';

/** Every resolver class that the schema is made of. */
export const resolvers: Type[] = [...queryResolvers, ...auditResolvers, ...stepResolvers];

/** Builds the schema from the classes alone: no database, no event store. */
export async function buildSchema(): Promise<GraphQLSchema> {
  const context = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, {
    logger: ['error'],
  });
  try {
    return await context.get(GraphQLSchemaFactory).create(resolvers);
  } finally {
    await context.close();
  }
}

/** The text of the schema as it is committed. */
export const schemaText = (schema: GraphQLSchema): string =>
  `${printSchema(lexicographicSortSchema(schema))}\n`;
