import { Module, type Type } from '@nestjs/common';

/** The resolvers of the mutations, one folder per group of steps. Each class named here is in the schema. */
export const stepResolvers: Type[] = [];

@Module({ providers: [...stepResolvers] })
export class StepsModule {}
