import { Field, ObjectType } from '@nestjs/graphql';
import { CaseType } from './case.type.js';

@ObjectType({ description: 'A case and its place in the list.' })
export class CaseEdge {
  @Field(() => String, { description: 'Opaque; for `after`.' })
  readonly cursor!: string;

  @Field(() => CaseType)
  readonly node!: CaseType;
}

@ObjectType({ description: 'Whether and where the list goes on.' })
export class PageInfo {
  @Field(() => Boolean)
  readonly hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  readonly endCursor!: string | null;
}

@ObjectType({ description: 'A page of cases (Relay connection).' })
export class CaseConnection {
  @Field(() => [CaseEdge])
  readonly edges!: readonly CaseEdge[];

  @Field(() => PageInfo)
  readonly pageInfo!: PageInfo;
}
